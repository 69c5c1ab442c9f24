import type { StaticValues } from '../forecast/index.ts';
import { type ForecasterSettings, lookback } from '../model/index.ts';
import { channelsTogether } from '../train/index.ts';

/** One item of the panel. */
export interface Series {
  readonly item: string;
  /** The period index of the first row. */
  readonly start: number;
  readonly rows: number;
  /** `[row, channel]`, NaN where missing. */
  readonly target: Float64Array;
  /** `[row, known]`, reaching as far into the future as is known. */
  readonly known: Float64Array;
  /** `[row, past]`, NaN where missing. */
  readonly past: Float64Array;
  /** Static covariates by name. */
  readonly statics: StaticValues;
}

/**
 * A piece of a series that is looked at as a served history is: the newest rows before `end`, at most as many as the
 * forecaster reads.
 */
export interface Chunk {
  readonly series: Series;
  /** The first of the channels in it. */
  readonly channel: number;
  /** The row after its last one. */
  readonly end: number;
  /** Whether the rows after its end are its targets: else they are not looked at. */
  readonly scored: boolean;
}

/** Rows of the series in a chunk. */
export const chunkRows = (settings: ForecasterSettings, { end }: Chunk): number =>
  Math.min(end, settings.context);

/** One for each channel, or for each item of a joint network. */
const channelStarts = (settings: ForecasterSettings): readonly number[] =>
  Array.from(
    { length: settings.channels / channelsTogether(settings) },
    (_, i) => i * channelsTogether(settings),
  );

/**
 * Cuts what may be trained on into chunks. A series as long as the context is one; a longer one is cut from its end
 * on, so that each chunk's last steps follow those of the one before.
 *
 * @param limits rows of each series that may be used
 */
export function trainingChunks(
  settings: ForecasterSettings,
  series: readonly Series[],
  limits: readonly number[],
): readonly Chunk[] {
  return series.flatMap((one, i) => {
    const limit = limits[i] ?? 0;
    if (limit < 2) return [];
    const ends = [limit];
    for (let end = limit - hop(settings); end >= settings.context; end -= hop(settings)) ends.push(end);
    return channelStarts(settings).flatMap((channel) =>
      ends.map((end) => ({ series: one, channel, end, scored: false })),
    );
  });
}

/** Rows from one chunk of a series to the next: those over which its steps go. */
const hop = ({ stride, steps }: ForecasterSettings): number => stride * steps;

/** Steps that a chunk has at most. */
export const stepsIn = (settings: ForecasterSettings, rows: number): number =>
  Math.max(1, Math.min(settings.steps, Math.floor((rows - settings.first) / settings.stride) + 1));

/**
 * The earliest and the latest last row of a first step, as rows of the chunk's context. The steps of a series that
 * goes on before the chunk keep far from the chunk's beginning, where less is known than was known then.
 */
export function firstSteps(
  settings: ForecasterSettings,
  chunk: Chunk,
): { readonly from: number; readonly to: number } {
  const { context, first, stride, steps } = settings;
  const rows = chunkRows(settings, chunk);
  const begin = context - rows;
  const whole = chunk.end <= context;
  const made = stepsIn(settings, rows - 1);
  const to = Math.max(context - 2 - stride * (made - 1), begin);
  const from = whole ? begin + first - 1 : context - 1 - stride * (steps - 1) - hop(settings);
  return { from: Math.min(Math.max(from, whole ? begin : lookback(settings)), to), to };
}

/** Windows of a backtest as chunks, one for each channel or item. */
export const windowChunks = (
  settings: ForecasterSettings,
  windows: readonly { readonly series: Series; readonly origin: number }[],
): readonly Chunk[] =>
  windows.flatMap(({ series, origin }) =>
    channelStarts(settings).map((channel) => ({ series, channel, end: origin + 1, scored: true })),
  );
