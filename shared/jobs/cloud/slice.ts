/** How long a training step may go on. */
export interface Slice {
  readonly signal: AbortSignal;
  /** Called after every optimiser step. */
  stepped(): void;
  /** Ends it now. */
  stop(): void;
  /** Nothing more is to be waited for. */
  end(): void;
}

/** Ends after so many milliseconds, but never before one step was made: else a short slice would go on for ever. */
export function timedSlice(milliseconds: number): Slice {
  const stop = new AbortController();
  let due = false;
  let moved = false;
  const check = () => {
    if (due && moved) stop.abort();
  };
  const timer = setTimeout(() => {
    due = true;
    check();
  }, milliseconds);
  return {
    signal: stop.signal,
    stepped() {
      moved = true;
      check();
    },
    stop: () => stop.abort(),
    end: () => clearTimeout(timer),
  };
}

/** What is left for the last checkpoint and the answer before a function's deadline, in milliseconds. */
const reserve = 60_000;

/** A slice's milliseconds: as said in seconds, but always so that it ends before the deadline. */
export function sliceLength(seconds: string | undefined, remaining: number): number {
  const wanted = seconds === undefined || seconds === '' ? Number.POSITIVE_INFINITY : 1000 * Number(seconds);
  if (Number.isNaN(wanted)) throw new RangeError(`TIDECAST_SLICE_SECONDS must be a number, got ${seconds}`);
  return Math.max(0, Math.min(wanted, remaining - reserve));
}
