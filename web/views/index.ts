export { About } from './about.tsx';
export { AccuracyCharts } from './accuracy-charts.tsx';
export { type ChannelForecast, forecastCsv } from './forecast-csv.ts';
export { firstWindow, forecastData } from './forecast-data.ts';
export { intervalsOf, levelsFor } from './intervals.ts';
export { ItemScoresTable } from './item-scores-table.tsx';
export { MetricsTable } from './metrics-table.tsx';
