import { forecastRoute } from './forecast.ts';
import { jobRoute, jobsRoute } from './jobs.ts';
import { modelRoute, modelsRoute } from './models.ts';
import type { Route } from './route.ts';
import { documentRoute, healthRoute } from './service.ts';
import { uploadRoute } from './uploads.ts';

/** What the forecast app serves. */
export const forecastRoutes: readonly Route[] = [forecastRoute];

/** What the manage app serves. */
export const manageRoutes: readonly Route[] = [
  healthRoute,
  documentRoute,
  uploadRoute,
  jobsRoute,
  jobRoute,
  modelsRoute,
  modelRoute,
];

export const allRoutes: readonly Route[] = [...manageRoutes, ...forecastRoutes];

/** The methods that a path takes, in whichever app. */
export const methodsAt = (path: string): readonly string[] =>
  allRoutes
    .filter(({ definition }) => pattern(definition.path).test(path))
    .flatMap(({ definition: { method } }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/{.+?}/g, '[^/]+')}$`);
