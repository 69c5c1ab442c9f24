import type { ObjectStore } from '../../store/index.ts';
import type { App } from '../app.ts';
import { accuracyOf, itemAccuracyOf, listItemAccuracies } from '../handlers/accuracy.ts';
import { accuracyRoute, itemAccuraciesRoute, itemAccuracyRoute } from '../routes/accuracy.ts';

/** How good versions were in their backtests. */
export function addAccuracy(app: App, store: ObjectStore): void {
  app.openapi(accuracyRoute.definition, async (c) =>
    c.json(await accuracyOf(store, { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  );
  app.openapi(itemAccuraciesRoute.definition, async (c) => {
    const { version, ...page } = c.req.valid('query');
    return c.json(await listItemAccuracies(store, { ...c.req.valid('param'), version }, page), 200);
  });
  app.openapi(itemAccuracyRoute.definition, async (c) => {
    const { version, item } = c.req.valid('query');
    return c.json(await itemAccuracyOf(store, { ...c.req.valid('param'), version }, item), 200);
  });
}
