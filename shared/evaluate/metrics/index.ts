export type { Metrics } from './metrics.ts';
export { owa, type ScoreSettings, type Scores, score } from './score.ts';
