import { type BundleDescription, firstOf, type SeriesRecord, stepsOf } from '../bundle/index.ts';
import type { ItemHistory, ModelShape } from './forecast.ts';

/** What serving needs to know of a bundle. */
export const shapeOf = ({
  horizon,
  context,
  channels,
  covariates,
  levels,
}: BundleDescription): ModelShape => ({
  horizon,
  context,
  channels: channels.length,
  known: covariates.known.length,
  levels,
});

/** A stored item as a forecast reads it: its known covariates set beside its observations, as far as they are known. */
export function historyOfRecord({ item, target, known }: SeriesRecord, model: ModelShape): ItemHistory {
  const rows = stepsOf(target);
  const start = firstOf(target);
  if (model.known === 0) return { item, start, history: target.data };
  const beside = new Float64Array((rows + model.horizon) * model.known).fill(Number.NaN);
  const shift = firstOf(known) - start;
  for (let row = 0; row < stepsOf(known); row++) {
    const at = row + shift;
    if (at < 0 || at >= rows + model.horizon) continue;
    beside.set(known.data.subarray(row * model.known, (row + 1) * model.known), at * model.known);
  }
  return { item, start, history: target.data, known: beside };
}
