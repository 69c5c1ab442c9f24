import type { ForecasterSettings } from '../model/index.ts';
import { type Chunk, type Series, trainingChunks } from './chunks.ts';
import { meanChange } from './crops.ts';
import { openFeatures } from './features.ts';

/** Chunks that are looked at: enough for a mean over all the data. */
const sampled = 1024;

const allChunks = (settings: ForecasterSettings, series: readonly Series[]): readonly Chunk[] =>
  trainingChunks(
    settings,
    series,
    series.map(({ rows }) => rows),
  );

/**
 * The mean absolute change of the transformed series from one period to the next, over all the data that move: series
 * that never change do not make the others look as if they moved far.
 */
export async function unitOf(view: ForecasterSettings, series: readonly Series[]): Promise<number> {
  const settings = valuesOnly(view);
  const all = allChunks(settings, series);
  const every = Math.max(1, all.length / sampled);
  const chunks = Array.from(
    { length: Math.min(all.length, sampled) },
    (_, i) => all[Math.floor(i * every)] as Chunk,
  );
  const features = await openFeatures(settings, chunks);
  let [sum, count] = [0, 0];
  for (const [i, chunk] of chunks.entries()) {
    const own = meanChange(settings, chunk, await features.of(i));
    if (own.mean === 0) continue;
    sum += own.mean * own.count;
    count += own.count;
  }
  await features.release();
  return Math.max(sum / Math.max(count, 1), 1e-4);
}

/** The most steps of a member. */
export const most = 20_000;

/** The same values without what costs time. */
const valuesOnly = (settings: ForecasterSettings): ForecasterSettings => ({
  ...settings,
  seasons: [],
  known: 0,
  members: settings.members.map((member) => ({ ...member, theta: false })),
});
