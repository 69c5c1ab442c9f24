import { TidecastError } from '../errors/index.ts';

/** A frequency is spelled wrongly, or cannot be kept. */
export class FrequencyError extends TidecastError {
  readonly code = 'FREQUENCY';
}
