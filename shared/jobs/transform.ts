import type { Transform } from '../model/index.ts';
import type { Series } from './chunks.ts';

/** Blocks that a slope is fitted on, per series. */
const fewestBlocks = 8;

/**
 * Which transform the data want (RECIPE, "Beyond positive data"): how the variation of a series grows with its level.
 * β is the median over series of the slope of log mean|y_t − y_{t−m}| on log mean|y| over blocks of 2m periods. Where it
 * grows less than with the root, values stay as they are; else `log` for positive data, `asinh` where there are negative
 * ones, and as they are where there are zeros.
 *
 * @param season periods per cycle, 1 for none
 */
export function transformRule(series: readonly Series[], channels: number, season: number): Transform {
  const columns = series.flatMap((one) =>
    Array.from({ length: channels }, (_, c) => columnOf(one, channels, c)),
  );
  const lowest = columns.reduce(
    (least, column) => column.reduce((a, b) => Math.min(b, a), least),
    Number.POSITIVE_INFINITY,
  );
  const slopes = columns.flatMap((column) => slopeOf(column, season) ?? []).sort((a, b) => a - b);
  const beta = slopes[Math.floor(slopes.length / 2)];
  // Too short to tell: variation that grows with the level is the usual case of positive data.
  if ((beta ?? 1) < 0.5) return 'identity';
  if (lowest > 0) return 'log';
  return lowest < 0 && beta !== undefined ? 'asinh' : 'identity';
}

const columnOf = ({ target, rows }: Series, channels: number, channel: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => target[row * channels + channel] ?? Number.NaN).filter(
    (value) => !Number.isNaN(value),
  );

function slopeOf(values: Float64Array, season: number): number | null {
  const size = 2 * Math.max(season, 2);
  const points: (readonly [level: number, variation: number])[] = [];
  for (let from = season; from + size <= values.length; from += size) {
    let [level, variation] = [0, 0];
    for (let t = from; t < from + size; t++) {
      level += Math.abs(values[t] ?? 0);
      variation += Math.abs((values[t] ?? 0) - (values[t - season] ?? 0));
    }
    if (level > 0 && variation > 0) points.push([Math.log(level), Math.log(variation)]);
  }
  if (points.length < fewestBlocks) return null;
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const across = points.reduce((sum, [level]) => sum + (level - x) ** 2, 0);
  const together = points.reduce((sum, [level, variation]) => sum + (level - x) * (variation - y), 0);
  return across > 1e-12 ? together / across : null;
}
