import type { ObjectStore } from '../../store/index.ts';
import type { App } from '../app.ts';
import { answerAnomalies } from '../handlers/anomalies.ts';
import { answerBacktest } from '../handlers/backtest.ts';
import { itemHistory, listItems } from '../handlers/items.ts';
import { answerObservations, type ObservationDependencies } from '../handlers/observations.ts';
import { anomaliesRoute } from '../routes/anomalies.ts';
import { backtestRoute, itemRoute, itemsRoute } from '../routes/items.ts';
import { observationsRoute } from '../routes/observations.ts';

/** Items as they are stored. */
export function addItems(app: App, store: ObjectStore): void {
  app.openapi(itemsRoute.definition, async (c) =>
    c.json(await listItems(store, c.req.valid('param').model, c.req.valid('query')), 200),
  );
  app.openapi(itemRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await itemHistory(store, model, c.req.valid('query')), 200);
  });
}

/** Items beside what the model says of them. */
export function addItemForecasts(app: App, dependencies: ObservationDependencies): void {
  app.openapi(anomaliesRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerAnomalies(dependencies, model, c.req.valid('json')), 200);
  });
  app.openapi(observationsRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerObservations(dependencies, model, c.req.valid('json')), 200);
  });
  app.openapi(backtestRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerBacktest(dependencies, model, c.req.valid('query')), 200);
  });
}
