import type { ObjectStore } from '../../store/index.ts';
import type { App } from '../app.ts';
import { readConfiguration, writeConfiguration } from '../handlers/configuration.ts';
import { describeDataset, knownDataset, listDatasets, reportOf } from '../handlers/datasets.ts';
import { removeDataset } from '../handlers/remove.ts';
import { type Retrain, retrained } from '../handlers/retrain.ts';
import {
  configurationRoute,
  configureRoute,
  datasetRoute,
  datasetsRoute,
  removeDatasetRoute,
  reportRoute,
  retrainRoute,
} from '../routes/datasets.ts';

export interface DatasetDependencies {
  readonly store: ObjectStore;
  /** Without it, retraining is answered with what to do instead. */
  readonly retrain?: Retrain | undefined;
}

/** Datasets: what is there, how it looks, its configuration, training again, removal. */
export function addDatasets(app: App, { store, retrain }: DatasetDependencies): void {
  app.openapi(datasetsRoute.definition, async (c) =>
    c.json(await listDatasets(store, c.var.grant, c.req.valid('query')), 200),
  );
  app.openapi(datasetRoute.definition, async (c) =>
    c.json(await describeDataset(store, c.req.valid('param').dataset), 200),
  );
  app.openapi(reportRoute.definition, async (c) =>
    c.json(await reportOf(store, c.req.valid('param').dataset), 200),
  );
  app.openapi(configurationRoute.definition, async (c) => {
    const { dataset } = c.req.valid('param');
    const { configuration, etag } = await readConfiguration(store, dataset);
    if (etag === null) await knownDataset(store, dataset);
    else c.header('etag', `"${etag}"`);
    return c.json({ dataset, configuration }, 200);
  });
  app.openapi(configureRoute.definition, async (c) => {
    const { dataset } = c.req.valid('param');
    const configuration = c.req.valid('json');
    const expected = { ifMatch: c.req.header('if-match'), ifNoneMatch: c.req.header('if-none-match') };
    const etag = await writeConfiguration(store, dataset, configuration, expected);
    c.header('etag', `"${etag}"`);
    return c.json({ dataset, configuration }, 200);
  });
  app.openapi(retrainRoute.definition, async (c) =>
    c.json(await retrained(retrain, c.req.valid('param').dataset), 200),
  );
  app.openapi(removeDatasetRoute.definition, async (c) => {
    const { dataset } = c.req.valid('param');
    return c.json({ dataset, ...(await removeDataset(store, dataset)) }, 200);
  });
}
