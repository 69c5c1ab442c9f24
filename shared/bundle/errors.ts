import { TidecastError } from '../errors/index.ts';

/** A bundle, or what points to one, is missing, damaged, or of another kind. */
export class BundleError extends TidecastError {
  readonly code = 'BUNDLE';
}

/** An item's stored observations cannot be read or written. */
export class SeriesError extends TidecastError {
  readonly code = 'SERIES';
}
