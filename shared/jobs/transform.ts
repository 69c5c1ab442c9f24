import type { Transform } from '../model/index.ts';
import type { Series } from './chunks.ts';

/** Blocks that a slope is fitted on, per series. */
const fewestBlocks = 8;

/**
 * Which transforms the data may want, the likelier one first (RECIPE, "Beyond positive data"). Positive data vary with
 * their level as a rule: `log` comes first. Where there are zeros but nothing negative, values stay as they are: a
 * logarithm would need a floor. Where there are negative ones, it is asked how the variation of a series grows with its
 * level: β is the median over series of the slope of log mean|y_t − y_{t−m}| on log mean|y| over blocks of 2m periods;
 * from the root on `asinh` comes first. A series that never changes, as one of zeros, says nothing about it.
 *
 * @param season periods per cycle, 1 for none
 */
export function transformCandidates(
  series: readonly Series[],
  channels: number,
  season: number,
): readonly [Transform, ...Transform[]] {
  const all = series.flatMap((one) => Array.from({ length: channels }, (_, c) => columnOf(one, channels, c)));
  const moving = all.filter((column) => column.some((value) => value !== column[0]));
  const columns = moving.length > 0 ? moving : all;
  const lowest = columns.reduce(
    (least, column) => column.reduce((a, b) => Math.min(b, a), least),
    Number.POSITIVE_INFINITY,
  );
  if (lowest === 0) return ['identity'];
  if (lowest > 0) return ['log', 'identity'];
  const slopes = columns.flatMap((column) => slopeOf(column, season) ?? []).sort((a, b) => a - b);
  const beta = slopes[Math.floor(slopes.length / 2)] ?? 0;
  return beta < 0.5 ? ['identity', 'asinh'] : ['asinh', 'identity'];
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
