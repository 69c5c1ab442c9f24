import { TidecastError } from '../errors/index.ts';

/** Forecasts, actuals or settings of an evaluation do not fit together. */
export class EvaluationError extends TidecastError {
  readonly code = 'EVALUATION';
}
