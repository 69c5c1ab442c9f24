export { intervalsOf } from './intervals.ts';
export type { Metrics } from './metrics.ts';
export { owa, type ScoreSettings, type Scores, score } from './score.ts';
