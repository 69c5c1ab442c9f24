import type { ForecasterSettings } from '../model/index.ts';
import type { Tensors } from '../train/index.ts';
import { cropRows } from './rules.ts';

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
}

/** A context and the horizon after it, cut out of a series. */
export interface Crop {
  readonly series: Series;
  /** The context's last row. */
  readonly end: number;
  /** Rows from here on count as not observed. */
  readonly limit: number;
}

/** Crops side by side, as a member's training graph wants them; NaN outside the series. */
export function cropTensors(settings: ForecasterSettings, crops: readonly Crop[]): Tensors {
  const { channels, known, horizon } = settings;
  const rows = cropRows(settings);
  const values = new Float64Array(crops.length * rows * channels).fill(Number.NaN);
  const covariates = new Float64Array(crops.length * rows * known).fill(Number.NaN);
  const start = new BigInt64Array(crops.length);
  crops.forEach(({ series, end, limit }, i) => {
    const first = end + horizon - rows + 1;
    copyRows(series.target, channels, first, Math.min(first + rows, limit), values, i * rows);
    if (known > 0) copyRows(series.known, known, first, first + rows, covariates, i * rows);
    start[i] = BigInt(series.start + first);
  });
  return {
    values: { dtype: 'float64', shape: [crops.length, rows, channels], data: values },
    start: { dtype: 'int64', shape: [crops.length], data: start },
    ...(known > 0 && {
      known: { dtype: 'float64' as const, shape: [crops.length, rows, known], data: covariates },
    }),
  };
}

/** Copies the rows `first..to − 1` that exist, each to its place behind row `at` of the target. */
function copyRows(
  source: Float64Array,
  width: number,
  first: number,
  to: number,
  target: Float64Array,
  at: number,
): void {
  const from = Math.max(first, 0);
  const end = Math.min(to, source.length / width);
  if (end > from) target.set(source.subarray(from * width, end * width), (at + from - first) * width);
}
