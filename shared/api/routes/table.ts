import { accuracyRoute, itemAccuraciesRoute, itemAccuracyRoute } from './accuracy.ts';
import { anomaliesRoute } from './anomalies.ts';
import { cancelRoute } from './cancel.ts';
import { curvesRoute } from './curves.ts';
import {
  configurationRoute,
  configureRoute,
  datasetRoute,
  datasetsRoute,
  removeDatasetRoute,
  reportRoute,
  retrainRoute,
} from './datasets.ts';
import { deepArRoute } from './deepar.ts';
import { eventsRoute } from './events.ts';
import {
  createExportRoute,
  exportFileRoute,
  exportRoute,
  exportsRoute,
  removeExportRoute,
} from './exports.ts';
import { forecastRoute } from './forecast.ts';
import { backtestRoute, itemRoute, itemsRoute } from './items.ts';
import { jobRoute, jobsRoute } from './jobs.ts';
import { bundleRoute, removeModelRoute, rollbackRoute, versionsRoute } from './model-changes.ts';
import { modelRoute, modelsRoute } from './models.ts';
import { nixtlaAnomalyRoute, nixtlaOnlineAnomalyRoute } from './nixtla/anomalies.ts';
import { nixtlaCrossValidationRoute } from './nixtla/cross-validation.ts';
import { nixtlaForecastRoute } from './nixtla/forecast.ts';
import { nixtlaKeyRoute, nixtlaModelsRoute, nixtlaParametersRoute } from './nixtla/service.ts';
import { observationsRoute } from './observations.ts';
import type { Route } from './route.ts';
import { docsRoute, documentRoute, healthRoute, liveRoute, readyRoute } from './service.ts';
import { commitRoute, discardRoute, previewRoute } from './staging.ts';
import { uploadRoute } from './uploads.ts';

/** What the forecast app serves. */
export const forecastRoutes: readonly Route[] = [
  forecastRoute,
  deepArRoute,
  nixtlaForecastRoute,
  nixtlaCrossValidationRoute,
  nixtlaAnomalyRoute,
  nixtlaOnlineAnomalyRoute,
  backtestRoute,
  observationsRoute,
  anomaliesRoute,
];

/** What the manage app serves. */
export const manageRoutes: readonly Route[] = [
  ...[healthRoute, liveRoute, readyRoute, documentRoute, docsRoute],
  uploadRoute,
  ...[previewRoute, commitRoute, discardRoute],
  jobsRoute,
  jobRoute,
  curvesRoute,
  modelsRoute,
  modelRoute,
  nixtlaModelsRoute,
  nixtlaParametersRoute,
  nixtlaKeyRoute,
  ...[datasetsRoute, datasetRoute, reportRoute, configurationRoute, configureRoute],
  ...[retrainRoute, removeDatasetRoute, cancelRoute, eventsRoute],
  ...[versionsRoute, rollbackRoute, bundleRoute, removeModelRoute],
  ...[accuracyRoute, itemAccuraciesRoute, itemAccuracyRoute],
  ...[itemsRoute, itemRoute],
  ...[createExportRoute, exportsRoute, exportRoute, exportFileRoute, removeExportRoute],
];

export const allRoutes: readonly Route[] = [...manageRoutes, ...forecastRoutes];

/** The routes whose path this is, in whichever app. */
const routesAt = (path: string): readonly Route[] =>
  allRoutes.filter(({ definition }) => pattern(definition.path).test(path));

/** The path that a route is defined by, as `/v1/jobs/{job}`; null where no route has it. */
export const routePathAt = (path: string): string | null => routesAt(path)[0]?.definition.path ?? null;

/** The methods that a path takes, in whichever app. */
export const methodsAt = (path: string): readonly string[] =>
  routesAt(path).flatMap(({ definition: { method } }) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  );

const patterns = new Map<string, RegExp>();

function pattern(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const made = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/{.+?}/g, '[^/]+')}$`);
  patterns.set(path, made);
  return made;
}
