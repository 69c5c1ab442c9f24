import type { ObjectStore, PermitUpload } from '../store/index.ts';
import { type App, type AppDependencies, createApp } from './app.ts';
import { jobCurves } from './handlers/curves.ts';
import { type Follow, followed } from './handlers/events.ts';
import { answerForecast } from './handlers/forecast.ts';
import { findJob, listJobs } from './handlers/jobs.ts';
import { describeModel, listModels } from './handlers/models.ts';
import type { ObservationDependencies } from './handlers/observations.ts';
import { permit } from './handlers/uploads.ts';
import { curvesRoute } from './routes/curves.ts';
import { eventsRoute } from './routes/events.ts';
import { forecastRoute } from './routes/forecast.ts';
import { jobRoute, jobsRoute } from './routes/jobs.ts';
import { modelRoute, modelsRoute } from './routes/models.ts';
import { forecastRoutes, manageRoutes } from './routes/table.ts';
import { uploadRoute } from './routes/uploads.ts';
import { addAccuracy } from './wiring/accuracy.ts';
import { addForecastClients, addManageClients } from './wiring/clients.ts';
import { addDatasets, type DatasetDependencies } from './wiring/datasets.ts';
import { addExports, type ExportDependencies } from './wiring/exports.ts';
import { addItemForecasts, addItems } from './wiring/items.ts';
import { addModelChanges, type ModelChangeDependencies } from './wiring/models.ts';
import { addService } from './wiring/service.ts';
import { addStaging, type StagingDependencies } from './wiring/staging.ts';

/** Forecasts: what must be small and start fast. */
export function forecastApi(dependencies: AppDependencies & ObservationDependencies): App {
  const { store } = dependencies;
  const app = createApp({ idempotency: { store }, ...dependencies }, forecastRoutes);
  app.openapi(forecastRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerForecast(dependencies, model, c.req.valid('json')), 200);
  });
  addForecastClients(app, dependencies);
  addItemForecasts(app, dependencies);
  return app;
}

export interface ManageDependencies
  extends AppDependencies,
    DatasetDependencies,
    StagingDependencies,
    Omit<ExportDependencies, 'now'>,
    Omit<ModelChangeDependencies, 'now'> {
  readonly store: ObjectStore;
  readonly permitUpload: PermitUpload;
  /** Where answers can be streamed: how a job is followed. */
  readonly follow?: Follow | undefined;
  readonly now?: () => Date;
}

/** Everything but forecasts. */
export function manageApi({
  store,
  permitUpload,
  follow,
  now = () => new Date(),
  ...more
}: ManageDependencies): App {
  const app = createApp({ idempotency: { store }, ...more }, manageRoutes);
  addDatasets(app, { store, ...more });
  addStaging(app, { store, ...more });
  addModelChanges(app, { store, now, ...more });
  addService(app, store);
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
  app.openapi(curvesRoute.definition, async (c) => {
    const { dataset } = c.req.valid('query');
    return c.json(await jobCurves(store, c.var.grant, { job: c.req.valid('param').job, dataset }), 200);
  });
  app.openapi(eventsRoute.definition, async (c) => {
    const { dataset } = c.req.valid('query');
    const asked = { grant: c.var.grant, job: c.req.valid('param').job, dataset };
    return followed(c, { store, follow }, asked);
  });
  app.openapi(modelsRoute.definition, async (c) =>
    c.json(await listModels(store, c.var.grant, c.req.valid('query')), 200),
  );
  app.openapi(modelRoute.definition, async (c) =>
    c.json(await describeModel(store, c.req.valid('param').model), 200),
  );
  addManageClients(app, store);
  addAccuracy(app, store);
  addItems(app, store);
  addExports(app, { store, now, ...more });
  return app;
}
