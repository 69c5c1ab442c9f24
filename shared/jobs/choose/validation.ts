import { type ForecasterSettings, knotsOf } from '../../model/index.ts';
import { channelsTogether, type FitTask, type Trainer } from '../../train/index.ts';
import { type Chunk, chunkRows, stepsIn } from '../chunks.ts';
import { type Crop, cropTensors } from '../crops.ts';
import { openFeatures } from '../features.ts';
import type { MemberTask } from '../member-task.ts';
import { memberAt } from '../views.ts';
import { openJudge } from './judge.ts';
import { encodeLook, lookSteps, meanLook } from './look.ts';
import { type ChoiceWindow, choiceWindows, type PlannedWindows } from './windows.ts';

/** Looks in a row that may be worse than the best before a member stops: the members together are best later than one. */
const patience = 5;
/** Windows of each half to choose by at most: more would not change the choice. */
const mostWindows = 750;

export const lookFile = (steps: number): string => `look-${steps}`;

/** The windows that members are looked at by. */
export const windowsOf = (planned: PlannedWindows): readonly ChoiceWindow[] =>
  choiceWindows(planned, mostWindows);

/** Windows that a trial is judged by at most. */
const mostTrialWindows = 300;

/** The windows that shapes are tried on: of the older half, so that the newer one is reported on untouched. */
export const trialWindows = (planned: PlannedWindows): readonly Chunk[] =>
  choiceWindows(planned, mostTrialWindows).flatMap(({ part, chunk }) =>
    part === 'calibrate' ? [chunk] : [],
  );

export interface Validation {
  readonly looks: NonNullable<FitTask['validation']>;
  release(): Promise<void>;
}

/** Looks at a member now and then, keeping what it forecast then; null where there is nothing to look at. */
export async function openValidation(task: MemberTask): Promise<Validation | null> {
  const { steps, store, index, season } = task;
  const { settings, at } = memberAt(task.views, index);
  const chunks = windowsOf({ ...task, settings }).map(({ chunk }) => chunk);
  if (chunks.length === 0) return null;
  const crops = await lastCrops(settings, chunks);
  const judge = await openJudge([settings], chunks, season);
  const all = chunks.map((_, i) => i);
  const knots = knotsOf(settings.levels).length;
  return {
    looks: {
      every: lookSteps(steps),
      patience,
      async score(trainer) {
        const { step, average } = await trainer.state();
        const look = { parameters: average, quantiles: await forecastCrops(settings, at, trainer, crops) };
        await store.put(task.key(index, lookFile(step)), encodeLook(look));
        return judge.loss([meanLook([look], knots)], all);
      },
    },
    release: () => judge.release(),
  };
}

/** Chunks with their last step at the end of the context. */
export async function lastCrops(
  settings: ForecasterSettings,
  chunks: readonly Chunk[],
): Promise<readonly Crop[]> {
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
  return crops;
}

/** Where a first step lies such that the last one ends with the context. */
const alignedFirst = (settings: ForecasterSettings, chunk: Chunk): number =>
  settings.context - 1 - settings.stride * (stepsIn(settings, chunkRows(settings, chunk)) - 1);

/** Windows in one evaluation: as many as fit the memory of a small machine. */
const atOnce = 16;

/** What a member of a view forecasts at the ends of crops: `[window, series of the window, horizon, knot]` as z. */
export async function forecastCrops(
  settings: ForecasterSettings,
  at: number,
  trainer: Trainer,
  crops: readonly Crop[],
): Promise<Float32Array> {
  const member = settings.members[at];
  if (!member) throw new RangeError(`there is no member ${at}`);
  const together = channelsTogether(settings);
  const width = settings.horizon * knotsOf(settings.levels).length;
  const quantiles = new Float32Array(crops.length * together * width);
  for (let from = 0; from < crops.length; from += atOnce) {
    const part = crops.slice(from, from + atOnce);
    const answer = await trainer.evaluate(cropTensors(settings, member, part), ['quantiles']);
    const all = answer.quantiles?.data as Float32Array; // [step, series, horizon, knot]
    part.forEach(({ chunk }, i) => {
      const last = stepsIn(settings, chunkRows(settings, chunk)) - 1;
      for (let channel = 0; channel < together; channel++) {
        const source = ((last * part.length + i) * together + channel) * width;
        quantiles.set(all.subarray(source, source + width), ((from + i) * together + channel) * width);
      }
    });
  }
  return quantiles;
}
