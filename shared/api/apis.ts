import type { ObjectStore, PermitUpload } from '../store/index.ts';
import { type App, type AppDependencies, createApp } from './app.ts';
import { apiDocument } from './document.ts';
import { answerForecast, type ForecastDependencies } from './handlers/forecast.ts';
import { findJob, listJobs } from './handlers/jobs.ts';
import { describeModel, listModels } from './handlers/models.ts';
import { permit } from './handlers/uploads.ts';
import { forecastRoute } from './routes/forecast.ts';
import { jobRoute, jobsRoute } from './routes/jobs.ts';
import { modelRoute, modelsRoute } from './routes/models.ts';
import { documentRoute, healthRoute } from './routes/service.ts';
import { forecastRoutes, manageRoutes } from './routes/table.ts';
import { uploadRoute } from './routes/uploads.ts';
import { addForecastClients, addManageClients } from './wiring/clients.ts';
import { addDatasets, type DatasetDependencies } from './wiring/datasets.ts';
import { addModelChanges, type ModelChangeDependencies } from './wiring/models.ts';
import { addStaging, type StagingDependencies } from './wiring/staging.ts';

/** Forecasts: what must be small and start fast. */
export function forecastApi(dependencies: AppDependencies & ForecastDependencies): App {
  const app = createApp(dependencies, forecastRoutes);
  app.openapi(forecastRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerForecast(dependencies, model, c.req.valid('json')), 200);
  });
  addForecastClients(app, dependencies);
  return app;
}

export interface ManageDependencies
  extends AppDependencies,
    DatasetDependencies,
    StagingDependencies,
    Omit<ModelChangeDependencies, 'now'> {
  readonly store: ObjectStore;
  readonly permitUpload: PermitUpload;
  readonly now?: () => Date;
}

/** Everything but forecasts. */
export function manageApi({ store, permitUpload, now = () => new Date(), ...more }: ManageDependencies): App {
  const app = createApp({ idempotency: { store }, ...more }, manageRoutes);
  addDatasets(app, { store, ...more });
  addStaging(app, { store, ...more });
  addModelChanges(app, { store, now, ...more });
  let document: object | undefined;

  app.openapi(healthRoute.definition, (c) => c.json({ status: 'ok' as const }, 200));
  app.get(documentRoute.definition.path, (c) => {
    document ??= apiDocument();
    return c.json(document);
  });
  app.openapi(uploadRoute.definition, async (c) => {
    const { dataset } = c.req.valid('param');
    return c.json(await permit(permitUpload, dataset, c.req.valid('json'), now()), 200);
  });
  app.openapi(jobsRoute.definition, async (c) =>
    c.json(await listJobs(store, c.var.grant, c.req.valid('query')), 200),
  );
  app.openapi(jobRoute.definition, async (c) => {
    const { dataset } = c.req.valid('query');
    return c.json(await findJob(store, c.var.grant, c.req.valid('param').job, dataset), 200);
  });
  app.openapi(modelsRoute.definition, async (c) =>
    c.json(await listModels(store, c.var.grant, c.req.valid('query')), 200),
  );
  app.openapi(modelRoute.definition, async (c) =>
    c.json(await describeModel(store, c.req.valid('param').model), 200),
  );
  addManageClients(app, store);
  return app;
}
