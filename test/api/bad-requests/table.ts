import { access } from './access.ts';
import { accuracy } from './accuracy.ts';
import { anomalies } from './anomalies.ts';
import { bodies } from './bodies.ts';
import { configurations } from './configurations.ts';
import { datasets } from './datasets.ts';
import { deepar } from './deepar.ts';
import { exports } from './exports.ts';
import { forecastCovariates } from './forecast-covariates.ts';
import { forecastItems } from './forecast-items.ts';
import { forecastSeries } from './forecast-series.ts';
import { forecasts } from './forecasts.ts';
import { items } from './items.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { models } from './models.ts';
import { nixtlaForecasts } from './nixtla-forecasts.ts';
import { nixtlaServices } from './nixtla-services.ts';
import { observations } from './observations.ts';
import { places } from './places.ts';
import type { BadRequest } from './request.ts';
import { uploads } from './uploads.ts';

/** All that the API is shown to refuse; each subject has a file of its own. */
export const badRequests: readonly BadRequest[] = [
  ...places,
  ...bodies,
  ...access,
  ...forecasts,
  ...forecastSeries,
  ...forecastItems,
  ...forecastCovariates,
  ...items,
  ...accuracy,
  ...observations,
  ...anomalies,
  ...exports,
  ...deepar,
  ...nixtlaForecasts,
  ...nixtlaServices,
  ...datasets,
  ...uploads,
  ...configurations,
  ...jobs,
  ...models,
  ...keys,
];
