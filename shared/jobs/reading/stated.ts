import { DataError, LimitError, type Place } from '../../dataset/index.ts';
import { type Complaint, ConfigurationError, TidecastError } from '../../errors/index.ts';
import { FrequencyError } from '../../frequency/index.ts';

/** An error as one process tells it to another. */
export interface Stated {
  readonly code: string;
  readonly complaint: Complaint;
  readonly place: Place | null;
  readonly count: number;
}

/** What an error of ours says; null for any other. */
export function stated(error: unknown): Stated | null {
  if (!(error instanceof TidecastError)) return null;
  const { place = null, count = 1 } = error instanceof DataError ? error : {};
  return { code: error.code, complaint: error.complaint, place, count };
}

/** The error again. Reading raises these; another one would be new, and is told as a fault of ours. */
export function raised({ code, complaint, place, count }: Stated): Error {
  switch (code) {
    case 'DATA':
      return new DataError(complaint, { place, count });
    case 'LIMIT':
      return new LimitError(complaint, { place, count });
    case 'FREQUENCY':
      return new FrequencyError(complaint);
    case 'CONFIGURATION':
      return new ConfigurationError(complaint);
    default:
      return new Error(`${code}: ${complaint.rule}, got ${complaint.received}`);
  }
}
