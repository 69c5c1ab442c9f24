import { cancelRoute } from './cancel.ts';
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
import { forecastRoute } from './forecast.ts';
import { jobRoute, jobsRoute } from './jobs.ts';
import { bundleRoute, removeModelRoute, rollbackRoute, versionsRoute } from './model-changes.ts';
import { modelRoute, modelsRoute } from './models.ts';
import { nixtlaAnomalyRoute, nixtlaOnlineAnomalyRoute } from './nixtla/anomalies.ts';
import { nixtlaCrossValidationRoute } from './nixtla/cross-validation.ts';
import { nixtlaForecastRoute } from './nixtla/forecast.ts';
import { nixtlaKeyRoute, nixtlaModelsRoute, nixtlaParametersRoute } from './nixtla/service.ts';
import type { Route } from './route.ts';
import { documentRoute, healthRoute } from './service.ts';
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
];

/** What the manage app serves. */
export const manageRoutes: readonly Route[] = [
  healthRoute,
  documentRoute,
  uploadRoute,
  ...[previewRoute, commitRoute, discardRoute],
  jobsRoute,
  jobRoute,
  modelsRoute,
  modelRoute,
  nixtlaModelsRoute,
  nixtlaParametersRoute,
  nixtlaKeyRoute,
  ...[datasetsRoute, datasetRoute, reportRoute, configurationRoute, configureRoute],
  ...[retrainRoute, removeDatasetRoute, cancelRoute],
  ...[versionsRoute, rollbackRoute, bundleRoute, removeModelRoute],
];

export const allRoutes: readonly Route[] = [...manageRoutes, ...forecastRoutes];

/** The methods that a path takes, in whichever app. */
export const methodsAt = (path: string): readonly string[] =>
  allRoutes
    .filter(({ definition }) => pattern(definition.path).test(path))
    .flatMap(({ definition: { method } }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/{.+?}/g, '[^/]+')}$`);
