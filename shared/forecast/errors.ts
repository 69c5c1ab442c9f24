import { TidecastError } from '../errors/index.ts';

/** A request that this model cannot answer. */
export class RequestError extends TidecastError {
  readonly code = 'REQUEST';
}
