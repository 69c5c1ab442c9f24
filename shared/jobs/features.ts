import { openSession, type Session, type Tensor } from '../graph/index.ts';
import { type ForecasterSettings, rowNames } from '../model/index.ts';
import { channelsTogether, featureGraph } from '../train/index.ts';
import type { Chunk } from './chunks.ts';

/** The feature rows of chunks, each computed once as long as memory lasts. */
export interface Features {
  /** `[context + horizon, channel, row]` */
  of(chunk: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Chunks computed together. Always the same ones, so that results do not depend on the order of asking. */
const together = 8;
/** Numbers that are kept: 512 MB. */
const mostKept = 128 * 2 ** 20;

/** Opens the feature graph over some chunks. */
export async function openFeatures(
  settings: ForecasterSettings,
  chunks: readonly Chunk[],
): Promise<Features> {
  const session = await openSession(featureGraph(settings));
  const size = (settings.context + settings.horizon) * channelsTogether(settings) * rowNames(settings).length;
  const groups = new Map<number, Promise<Float32Array>>();
  const most = Math.max(2, Math.floor(mostKept / (size * together)));
  return {
    async of(chunk) {
      const group = Math.floor(chunk / together);
      const known =
        groups.get(group) ??
        compute(session, settings, chunks.slice(group * together, (group + 1) * together));
      groups.delete(group);
      groups.set(group, known);
      for (const oldest of groups.keys()) {
        if (groups.size <= most) break;
        groups.delete(oldest);
      }
      const at = (chunk % together) * size;
      return (await known).subarray(at, at + size);
    },
    release: () => session.release(),
  };
}

async function compute(
  session: Session,
  settings: ForecasterSettings,
  chunks: readonly Chunk[],
): Promise<Float32Array> {
  const { context, horizon, known, past } = settings;
  const length = context + horizon;
  const covariates = new Float64Array(chunks.length * length * known).fill(Number.NaN);
  const pasts = new Float64Array(chunks.length * context * past).fill(Number.NaN);
  chunks.forEach((chunk, i) => {
    if (known > 0)
      copyKnown(settings, chunk, covariates.subarray(i * length * known, (i + 1) * length * known));
    if (past > 0) copyPast(settings, chunk, pasts.subarray(i * context * past, (i + 1) * context * past));
  });
  const { rows } = await session.run({
    values: valuesOf(settings, chunks),
    ...(known > 0 && {
      known: { dtype: 'float64' as const, shape: [chunks.length, length, known], data: covariates },
    }),
    ...(past > 0 && {
      past: { dtype: 'float64' as const, shape: [chunks.length, context, past], data: pasts },
    }),
  });
  return rows?.data as Float32Array;
}

/** The chunks' values as graphs over histories take them, `[batch, context + horizon, channel]`. */
export function valuesOf(settings: ForecasterSettings, chunks: readonly Chunk[]): Tensor {
  const length = settings.context + settings.horizon;
  const channels = channelsTogether(settings);
  const values = new Float64Array(chunks.length * length * channels).fill(Number.NaN);
  chunks.forEach((chunk, i) => {
    copyTarget(settings, chunk, values.subarray(i * length * channels, (i + 1) * length * channels));
  });
  return { dtype: 'float64', shape: [chunks.length, length, channels], data: values };
}

/** The chunk's rows at the end of the context; after it the targets where they are scored. */
function copyTarget(
  settings: ForecasterSettings,
  { series, channel, end, scored }: Chunk,
  into: Float64Array,
): void {
  const { context, horizon, channels } = settings;
  const width = channelsTogether(settings);
  const from = Math.max(0, end - context);
  const to = Math.min(series.rows, scored ? end + horizon : end);
  for (let row = from; row < to; row++) {
    const at = row * channels + channel;
    into.set(series.target.subarray(at, at + width), (row - end + context) * width);
  }
}

function copyKnown(
  { context, horizon, known }: ForecasterSettings,
  { series, end }: Chunk,
  into: Float64Array,
): void {
  const from = Math.max(0, end - context);
  const part = series.known.subarray(from * known, (end + horizon) * known);
  into.set(part, (from - end + context) * known);
}

/** Nothing after the chunk's end: what a past covariate is then, nobody knows. */
function copyPast({ context, past }: ForecasterSettings, { series, end }: Chunk, into: Float64Array): void {
  const from = Math.max(0, end - context);
  into.set(series.past.subarray(from * past, end * past), (from - end + context) * past);
}
