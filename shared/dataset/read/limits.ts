import { totalmem } from 'node:os';
import { LimitError } from '../errors.ts';
import { defaultExpansion } from './unpack.ts';

/** How much reading may take; the defaults are generous. */
export interface Limits {
  /** Threads of DuckDB; all there are where nothing is said. */
  readonly threads?: number;
  /** Bytes of memory of the process that reads. */
  readonly memory?: number;
  readonly seconds?: number;
  /** To how many times its size a file may unpack. */
  readonly expansion?: number;
  /** Columns of a table. */
  readonly columns?: number;
}

const defaultSeconds = 600;
const defaultColumns = 2000;
const defaultShare = 0.75;

export const secondsOf = ({ seconds = defaultSeconds }: Limits): number => seconds;
export const expansionOf = ({ expansion = defaultExpansion }: Limits): number => expansion;
const columnsOf = ({ columns = defaultColumns }: Limits): number => columns;

/** Three quarters of what the machine, or the container, has. */
export function memoryOf({ memory }: Limits): number {
  // Zero, or more than there is, where nothing constrains the process.
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return memory ?? defaultShare * Math.min(totalmem(), constrained);
}

export interface Guard {
  /** The limit that was passed, if any. @param error what came of it */
  exceeded(error?: unknown): LimitError | null;
  stop(): void;
}

/** Milliseconds between two looks. */
const interval = 50;

/**
 * Watches memory and time while DuckDB works in threads of its own.
 *
 * @param interrupt called once where a limit is passed
 */
export function guarded(limits: Limits, interrupt: () => void): Guard {
  const began = performance.now();
  let passed: LimitError | null = null;
  const look = () => {
    if (passed) return;
    const seconds = (performance.now() - began) / 1000;
    if (seconds > secondsOf(limits)) passed = tooSlow(limits);
    else if (process.memoryUsage.rss() > memoryOf(limits)) passed = tooMuchMemory(limits);
    if (passed) interrupt();
  };
  const timer = setInterval(look, interval);
  timer.unref();
  return {
    exceeded(error) {
      look();
      if (!passed && isOutOfMemory(error)) passed = tooMuchMemory(limits);
      return passed;
    },
    stop: () => clearInterval(timer),
  };
}

/** DuckDB's own refusal to take more, perhaps as the cause of what was made of it. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message.startsWith('Out of Memory Error') || isOutOfMemory(error.cause);
}

export const tooSlow = (limits: Limits): LimitError =>
  new LimitError({
    rule: `reading the data may take ${secondsOf(limits)} seconds (limits.seconds)`,
    received: 'data that take longer',
    remedy: 'give less data, or Parquet, or raise the limit',
  });

export const tooMuchMemory = (limits: Limits): LimitError =>
  new LimitError({
    rule: `reading the data may take ${Math.round(memoryOf(limits) / 2 ** 20)} MiB of memory (limits.memory)`,
    received: 'data that take more',
    remedy: 'give less data, leave out columns with the option ignore, or raise the limit',
  });

/** @throws LimitError where a table has more columns than it may */
export function checkColumns(file: string, count: number, limits: Limits): void {
  if (count <= columnsOf(limits)) return;
  throw new LimitError(
    {
      rule: `a table may have ${columnsOf(limits)} columns (limits.columns)`,
      received: `${count} in ${file}`,
      remedy: 'make it long, one row for each item and time, or raise the limit',
    },
    { place: { file }, count },
  );
}
