import { type Complaint, TidecastError } from '../errors/index.ts';

/** Where in the input a fault lies, as far as it is known. */
export interface Place {
  readonly file: string;
  /** The line of a text file, the first being 1. */
  readonly line?: number;
  /** The row of a file without lines of its own (Parquet, a JSON array), the first being 1. */
  readonly row?: number;
  readonly column?: string;
}

/** The data cannot be read as they are: one cause, the first place where it shows, and how often it occurs. */
export class DataError extends TidecastError {
  readonly code: 'DATA' | 'LIMIT' = 'DATA';
  readonly place: Place | null;
  /** How many cells, rows or columns have the fault. */
  readonly count: number;

  constructor(complaint: Complaint, { place = null, count = 1, cause }: DataErrorDetails = {}) {
    super(complaint, cause === undefined ? undefined : { cause });
    this.place = place;
    this.count = count;
  }
}

/** Reading the data would take more than it may: the rule names the limit. */
export class LimitError extends DataError {
  override readonly code = 'LIMIT';
}

interface DataErrorDetails {
  readonly place?: Place | null;
  readonly count?: number;
  readonly cause?: unknown;
}

/** `line 12 of sales.csv, column y` */
export function printPlace({ file, line, row, column }: Place): string {
  const at = line !== undefined ? `line ${line} of ` : row !== undefined ? `row ${row} of ` : '';
  return `${at}${file}${column === undefined ? '' : `, column ${column}`}`;
}

/** A panel's bytes, or two panels that should go together, do not fit. */
export class PanelError extends TidecastError {
  readonly code = 'PANEL';
}
