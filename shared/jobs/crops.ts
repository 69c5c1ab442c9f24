import { staticTensors } from '../forecast/index.ts';
import {
  type ForecasterSettings,
  leastVariation,
  lookback,
  type MemberSettings,
  rowNames,
} from '../model/index.ts';
import { channelsTogether, exampleRows, type Tensors } from '../train/index.ts';
import { type Chunk, chunkRows } from './chunks.ts';

/** A training example: a chunk's features, and the last row of its first step. */
export interface Crop {
  readonly chunk: Chunk;
  /** `[context + horizon, channel, row]` */
  readonly features: Float32Array;
  readonly first: number;
}

/** Crops side by side, as a member's training graph wants them. */
export function cropTensors(
  settings: ForecasterSettings,
  member: MemberSettings,
  crops: readonly Crop[],
): Tensors {
  const channels = channelsTogether(settings);
  const names = rowNames(settings);
  const count = exampleRows(settings);
  const width = channels * names.length;
  const rows = new Float32Array(crops.length * count * width);
  const start = new BigInt64Array(crops.length);
  const weight = new Float32Array(crops.length);
  crops.forEach(({ chunk, features, first }, i) => {
    const from = first - lookback(settings);
    copyRows(features, width, from, rows.subarray(i * count * width, (i + 1) * count * width));
    forgetTargets(settings, from, rows.subarray(i * count * width, (i + 1) * count * width));
    start[i] = BigInt(chunk.series.start + chunk.end - settings.context + from);
    weight[i] = weightOf(settings, member, chunk, features);
  });
  return {
    rows: { dtype: 'float32', shape: [crops.length, count, channels, names.length], data: rows },
    weight: { dtype: 'float32', shape: [crops.length], data: weight },
    ...(settings.calendar.length > 0 && {
      start: { dtype: 'int64' as const, shape: [crops.length], data: start },
    }),
    ...staticTensors(
      settings.statics,
      crops.map(({ chunk }) => chunk.series.statics),
    ),
  };
}

/** Rows `from` on; before the chunk its first one, since a window may reach there. */
function copyRows(features: Float32Array, width: number, from: number, into: Float32Array): void {
  const all = features.length / width;
  const count = into.length / width;
  const lead = Math.min(Math.max(-from, 0), count);
  for (let row = 0; row < lead; row++) into.set(features.subarray(0, width), row * width);
  const begin = from + lead;
  into.set(features.subarray(begin * width, Math.min(begin + count - lead, all) * width), lead * width);
}

/** After the features' end nothing is known that could be a target. */
function forgetTargets(settings: ForecasterSettings, from: number, into: Float32Array): void {
  const names = rowNames(settings).length;
  const width = channelsTogether(settings) * names;
  const target = rowNames(settings).indexOf('target');
  const end = settings.context + settings.horizon - from;
  for (let at = Math.max(0, end) * width + target; at < into.length; at += names) into[at] = Number.NaN;
}

/** (the data's mean change / the series' own)^weighting */
function weightOf(
  settings: ForecasterSettings,
  { weighting }: MemberSettings,
  chunk: Chunk,
  features: Float32Array,
): number {
  if (weighting === 0) return 1;
  const own = meanChange(settings, chunk, features).mean + leastVariation(settings);
  return (settings.unit / own) ** weighting;
}

/** The mean absolute change of a chunk's z from one period to the next, and how many there are. */
export function meanChange(settings: ForecasterSettings, chunk: Chunk, features: Float32Array) {
  const names = rowNames(settings).length;
  const channels = channelsTogether(settings);
  const value = rowNames(settings).indexOf('value');
  const at = (row: number, channel: number) => features[(row * channels + channel) * names + value] ?? 0;
  const begin = settings.context - chunkRows(settings, chunk);
  let sum = 0;
  for (let row = begin + 1; row < settings.context; row++)
    for (let channel = 0; channel < channels; channel++)
      sum += Math.abs(at(row, channel) - at(row - 1, channel));
  const count = Math.max(settings.context - begin - 1, 0) * channels;
  return { mean: count > 0 ? sum / count : 0, count };
}
