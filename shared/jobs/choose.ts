import { TidecastError } from '../errors/index.ts';
import type { ForecasterSettings } from '../model/index.ts';
import { rowNames } from '../model/index.ts';
import { channelsTogether, type FitTask, type Trainer } from '../train/index.ts';
import { type Chunk, chunkRows, stepsIn, windowChunks } from './chunks.ts';
import { type Crop, cropTensors } from './crops.ts';
import { openFeatures } from './features.ts';
import { decodeLook, encodeLook, ensembleScore, type Look, lookSteps } from './look.ts';
import type { MemberTask } from './member-task.ts';

/** A member is asked for that is not as far. */
class MissingMemberError extends TidecastError {
  readonly code = 'MEMBER_MISSING';
}

/** Looks in a row that may be worse than the best before a member stops. */
const patience = 3;
/** Windows to choose by at most: more would not change the choice. */
const mostWindows = 1000;
/** Without a window to choose by: enough for a rough fit, too few to learn a short series by heart. */
const stepsUnchosen = 150;

const lookFile = (steps: number): string => `look-${steps}`;

/** The windows to choose by, as chunks; evenly from all where there are many. */
function chunksToChooseBy({
  settings,
  series,
  windows,
}: Pick<MemberTask, 'settings' | 'series' | 'windows'>): readonly Chunk[] {
  const all = windowChunks(
    settings,
    series.flatMap((one, i) => (windows[i]?.calibrate ?? []).map((origin) => ({ series: one, origin }))),
  );
  const step = Math.max(1, all.length / mostWindows);
  return Array.from(
    { length: Math.min(all.length, mostWindows) },
    (_, i) => all[Math.floor(i * step)] as Chunk,
  );
}

/** Looks at a member now and then, keeping what it forecast then; null where there is nothing to look at. */
export async function validation(task: MemberTask): Promise<FitTask['validation'] | null> {
  const { settings, steps, store, index } = task;
  const chunks = chunksToChooseBy(task);
  if (chunks.length === 0) return null;
  const features = await openFeatures(settings, chunks);
  const crops = await Promise.all(
    chunks.map(
      async (chunk, i): Promise<Crop> => ({
        chunk,
        features: (await features.of(i)).slice(),
        first: alignedFirst(settings, chunk),
      }),
    ),
  );
  await features.release();
  return {
    every: lookSteps(steps),
    patience,
    async score(trainer) {
      const { step, average } = await trainer.state();
      const look = { parameters: average, ...(await forecastCrops(task, trainer, crops)) };
      await store.put(task.key(index, lookFile(step)), encodeLook(look));
      return ensembleScore([look], settings.levels);
    },
  };
}

/** Where a first step lies such that the last one ends with the context. */
const alignedFirst = (settings: ForecasterSettings, chunk: Chunk): number =>
  settings.context - 1 - settings.stride * (stepsIn(settings, chunkRows(settings, chunk)) - 1);

/** Windows in one evaluation: as many as fit the memory of a small machine. */
const atOnce = 128;

async function forecastCrops(
  { settings, index }: MemberTask,
  trainer: Trainer,
  crops: readonly Crop[],
): Promise<Omit<Look, 'parameters'>> {
  const member = settings.members[index];
  if (!member) throw new RangeError(`there is no member ${index}`);
  const together = channelsTogether(settings);
  const width = settings.horizon * settings.levels.length;
  const quantiles = new Float32Array(crops.length * together * width);
  const targets = new Float32Array(crops.length * together * settings.horizon);
  for (let from = 0; from < crops.length; from += atOnce) {
    const part = crops.slice(from, from + atOnce);
    const answer = await trainer.evaluate(cropTensors(settings, member, part), ['quantiles']);
    const all = answer.quantiles?.data as Float32Array; // [step, series, horizon, level]
    part.forEach(({ chunk, features }, i) => {
      const last = stepsIn(settings, chunkRows(settings, chunk)) - 1;
      for (let channel = 0; channel < together; channel++) {
        const source = ((last * part.length + i) * together + channel) * width;
        const place = (from + i) * together + channel;
        quantiles.set(all.subarray(source, source + width), place * width);
        targets.set(targetsOf(settings, features, channel), place * settings.horizon);
      }
    });
  }
  return { quantiles, targets };
}

/** What came after the context, as z: `[horizon]`. */
function targetsOf(settings: ForecasterSettings, features: Float32Array, channel: number): Float32Array {
  const names = rowNames(settings);
  const at = (step: number) => (settings.context + step) * channelsTogether(settings) + channel;
  return Float32Array.from(
    { length: settings.horizon },
    (_, step) => features[at(step) * names.length + names.indexOf('target')] ?? Number.NaN,
  );
}

/** How many steps are best, by the score of all members together where all have got so far. */
export interface Choice {
  readonly steps: number;
  /** The ensemble's score after so many steps. */
  readonly scores: readonly { readonly steps: number; readonly score: number }[];
}

type Looking = Pick<MemberTask, 'store' | 'key' | 'settings' | 'windows' | 'steps'>;

/**
 * Chooses the number of steps by the looks that all members left.
 *
 * @throws MissingMemberError where a member has not been looked at
 */
export async function chosenSteps(task: Looking): Promise<Choice> {
  const { settings, windows } = task;
  if (windows.every(({ calibrate }) => calibrate.length === 0)) {
    return { steps: Math.min(stepsUnchosen, task.steps), scores: [] };
  }
  const scores: { readonly steps: number; readonly score: number }[] = [];
  for (const steps of lookSteps(task.steps)) {
    const looks = await Promise.all(settings.members.map((_, index) => readLook(task, index, steps)));
    const found = looks.flatMap((look) => look ?? []);
    if (found.length < settings.members.length) break;
    scores.push({ steps, score: ensembleScore(found, settings.levels) });
  }
  const best = scores.reduce<Choice['scores'][number] | null>(
    (a, b) => (a && a.score <= b.score ? a : b),
    null,
  );
  if (!best) {
    throw new MissingMemberError({
      rule: 'all members must be fitted once before one is refitted',
      received: 'a member without a look',
      remedy: 'train all members in phase choose first',
    });
  }
  return { steps: best.steps, scores };
}

/** A member's parameters after so many steps; null where there were no looks. */
export const chosenLook = async (task: Looking, index: number, steps: number): Promise<Float32Array | null> =>
  (await readLook(task, index, steps))?.parameters ?? null;

async function readLook({ store, key }: Looking, index: number, steps: number): Promise<Look | null> {
  const object = await store.get(key(index, lookFile(steps)));
  return object && decodeLook(object.bytes);
}
