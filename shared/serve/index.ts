export {
  type ForecastOptions,
  forecastItems,
  type ItemForecast,
  type ItemHistory,
  type ModelShape,
} from './forecast.ts';
export { levelReader, RequestError } from './quantiles.ts';
export { historyOfRecord, shapeOf } from './stored.ts';
