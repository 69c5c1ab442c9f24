export { type Champions, type ChampionsOptions, createChampions } from './champions.ts';
export { csvLine, harmless, quantileColumn, unharmed } from './csv.ts';
export {
  checkHorizon,
  type ForecastOptions,
  forecastItems,
  type ItemForecast,
  type ItemHistory,
  type ModelShape,
} from './forecast.ts';
export { checkKnown } from './known.ts';
export { type OpenModel, type OpenVersion, openModel, openThreadedModel } from './open.ts';
export { levelReader, RequestError } from './quantiles.ts';
export { type SeriesForecast, seriesForecasts } from './series.ts';
export { type StaticColumn, type StaticValues, staticTensors } from './statics.ts';
export { historyOfRecord, shapeOf } from './stored.ts';
