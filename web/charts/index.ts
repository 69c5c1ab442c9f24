export { Chart } from './chart.tsx';
export type { Band, ChartData, Line, Values } from './chart-data.ts';
export { Sparkline } from './sparkline.tsx';
