export { type Assumed, assumed } from './assumed.ts';
export { type Calendar, calendarRows, generatedColumns, setColumns } from './calendar.ts';
export { csvLine, forecastColumns, harmless, quantileColumn, unharmed } from './csv.ts';
export { RequestError } from './errors.ts';
export {
  checkHorizon,
  type ForecastOptions,
  forecastItems,
  type ItemForecast,
  type ItemHistory,
} from './forecast.ts';
export { checkKnown } from './known.ts';
export { levelReader } from './quantiles.ts';
export { type SeriesForecast, seriesForecasts } from './series.ts';
export { type ForecasterDescription, type ModelShape, shapeOf } from './shape.ts';
export { type StaticColumn, type StaticValues, staticTensors } from './statics.ts';
