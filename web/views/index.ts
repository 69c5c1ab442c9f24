export { AccuracyCharts } from './accuracy-charts.tsx';
export { type ChannelForecast, forecastCsv } from './forecast-csv.ts';
export { type ForecastParts, firstWindow, forecastData } from './forecast-data.ts';
export { type Interval, intervalsOf, levelsFor, valuesAt } from './intervals.ts';
export { MetricsTable } from './metrics-table.tsx';
