import { type Block, firstOf, type SeriesRecord, stepsOf } from '../bundle/index.ts';
import type { ItemHistory, ModelShape } from '../forecast/index.ts';

/** A stored item as a forecast reads it: its covariates set beside its observations, as far as they are known. */
export function historyOfRecord(
  { item, target, known, past, statics }: SeriesRecord,
  model: ModelShape,
): ItemHistory {
  const rows = stepsOf(target);
  const start = firstOf(target);
  return {
    item,
    start,
    history: target.data,
    ...(model.known > 0 && { known: beside(known, start, rows + model.horizon, model.known) }),
    ...(model.past > 0 && { past: beside(past, start, rows, model.past) }),
    statics,
  };
}

/** A block's rows from a period on; all missing where it has other columns than the model. */
function beside(block: Block, start: number, rows: number, width: number): Float64Array {
  const data = new Float64Array(rows * width).fill(Number.NaN);
  if (block.width !== width) return data;
  const shift = firstOf(block) - start;
  for (let row = 0; row < stepsOf(block); row++) {
    const at = row + shift;
    if (at >= 0 && at < rows) data.set(block.data.subarray(row * width, (row + 1) * width), at * width);
  }
  return data;
}
