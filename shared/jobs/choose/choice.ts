import { z } from 'zod';
import { TidecastError } from '../../errors/index.ts';
import { knotsOf, type Mixture, mixtureBaselines } from '../../model/index.ts';
import { type Json, jsonBytes, keys, parseJson } from '../../store/index.ts';
import type { MemberTask } from '../member-task.ts';
import { countMembers, ofView } from '../views.ts';
import { type Judge, type Looks, openJudge } from './judge.ts';
import { decodeLook, type Look, lookSteps, meanLook } from './look.ts';
import { lookFile, windowsOf } from './validation.ts';
import { type Part, parts } from './windows.ts';

/** A member is asked for that is not as far. */
class MissingMemberError extends TidecastError {
  readonly code = 'MEMBER_MISSING';
}

const choiceSchema = z.object({
  /** Optimiser steps that are best, by the loss of all members together. */
  steps: z.int().min(1),
  /** What the members' mean is mixed with, where that lowers the loss. */
  mixture: z.object({ baseline: z.enum(mixtureBaselines), weight: z.number().gt(0).max(1) }).nullable(),
  /** The loss of all members together after so many steps. */
  scores: z.array(z.object({ steps: z.int(), score: z.number() })),
  /** The loss with the mixture; null where nothing was chosen by. */
  score: z.number().nullable(),
});

/** What the holdout decides. */
export type Choice = z.infer<typeof choiceSchema>;

const choicesSchema = z.object({
  /** By all windows: what is served. */
  served: choiceSchema,
  /** By one half of the windows: what is reported on the other. */
  calibrate: choiceSchema,
  report: choiceSchema,
});

export type Choices = z.infer<typeof choicesSchema>;

type Choosing = Pick<
  MemberTask,
  'store' | 'dataset' | 'job' | 'key' | 'views' | 'series' | 'windows' | 'steps' | 'season'
>;

/** Weights that a mixture may have. */
const weights = [0.25, 0.5, 0.75, 1];
/** A mixture has to lower the loss by this share: below it, the difference is noise. */
const gain = 0.005;
/** Without a window to choose by: enough for a rough fit, too few to learn a short series by heart. */
const stepsUnchosen = 150;

/**
 * What the looks that all members left decide; read where it was decided before.
 *
 * @throws MissingMemberError where a member has not been fitted
 */
export async function readChoices(task: Choosing): Promise<Choices> {
  const known = await task.store.get(keys.choices(task.dataset, task.job));
  return known ? choicesSchema.parse(parseJson(known.bytes)) : decide(task);
}

/** The same, kept for those who ask later. */
export async function keepChoices(task: Choosing): Promise<Choices> {
  const choices = await readChoices(task);
  await task.store.put(keys.choices(task.dataset, task.job), jsonBytes(choices as Json));
  return choices;
}

async function decide(task: Choosing): Promise<Choices> {
  const [settings] = task.views;
  if (!settings) throw new RangeError('a forecaster has a view at least');
  const windows = windowsOf({ ...task, settings });
  const looks = windows.length > 0 ? await meanLooks(task) : [];
  const judge = await openJudge(
    task.views,
    windows.map(({ chunk }) => chunk),
    task.season,
  );
  try {
    const baselines = looks.length > 0 ? await judge.baselines() : [];
    const by = (some: readonly Part[]) => {
      const which = windows.flatMap(({ part }, i) => (some.includes(part) ? [i] : []));
      return chooseBy(task, { judge, looks, baselines, which, knots: knotsOf(settings.levels) });
    };
    return { served: await by(parts), calibrate: await by(['calibrate']), report: await by(['report']) };
  } finally {
    await judge.release();
  }
}

interface Evidence {
  readonly judge: Judge;
  readonly looks: readonly { readonly steps: number; readonly z: Looks }[];
  /** By view, then by baseline. */
  readonly baselines: readonly (readonly Float32Array[])[];
  /** Positions of the windows to choose by. */
  readonly which: readonly number[];
  readonly knots: readonly number[];
}

async function chooseBy(task: Choosing, evidence: Evidence): Promise<Choice> {
  const { judge, looks, baselines, which, knots } = evidence;
  const scores: Choice['scores'] = [];
  for (const { steps, z } of which.length > 0 ? looks : []) {
    const score = await judge.loss(z, which);
    // Nothing but zeros has no loss to choose by.
    if (Number.isFinite(score)) scores.push({ steps, score });
  }
  if (scores.length === 0) return { steps: unchosen(task, looks), mixture: null, scores, score: null };
  const best = scores.reduce((a, b) => (b.score < a.score ? b : a));
  const chosen = looks.find(({ steps }) => steps === best.steps)?.z ?? [];
  let mixed: { readonly mixture: Mixture; readonly score: number } | null = null;
  for (const [b, baseline] of mixtureBaselines.entries()) {
    for (const weight of weights) {
      const moved = chosen.map((z, v) =>
        movedTowards(z, baselines[v]?.[b] ?? new Float32Array(), weight, knots),
      );
      const score = await judge.loss(moved, which);
      if (score < (mixed?.score ?? best.score * (1 - gain))) mixed = { mixture: { baseline, weight }, score };
    }
  }
  return { steps: best.steps, mixture: mixed?.mixture ?? null, scores, score: mixed?.score ?? best.score };
}

/** As the graph mixes: z + weight · (baseline − median), the spread as it was. */
function movedTowards(
  z: Float32Array,
  baseline: Float32Array,
  weight: number,
  knots: readonly number[],
): Float32Array {
  const middle = knots.indexOf(0.5);
  return z.map((value, i) => {
    const point = Math.floor(i / knots.length);
    return value + weight * ((baseline[point] ?? 0) - (z[point * knots.length + middle] ?? 0));
  });
}

/** The rough number of steps, or the last before it that was looked at. */
function unchosen({ steps }: Choosing, looks: Evidence['looks']): number {
  const most = Math.min(stepsUnchosen, steps);
  return looks.reduce((last, look) => (look.steps <= most ? look.steps : last), looks[0]?.steps ?? most);
}

/** The members' mean after each number of steps that all have got to. */
async function meanLooks({ views, ...task }: Choosing): Promise<Evidence['looks']> {
  const knots = knotsOf(views[0]?.levels ?? []).length;
  const found: { steps: number; z: Looks }[] = [];
  for (const steps of lookSteps(task.steps)) {
    const looks = await Promise.all(
      Array.from({ length: countMembers(views) }, (_, index) => readLook(task, index, steps)),
    );
    const all = looks.flatMap((look) => look ?? []);
    if (all.length < looks.length) break;
    found.push({ steps, z: views.map((_, v) => meanLook(ofView(all, v, views.length), knots)) });
  }
  if (found.length > 0) return found;
  throw new MissingMemberError({
    rule: 'all members must be fitted once before one is refitted',
    received: 'a member without a look',
    remedy: 'train all members in phase choose first',
  });
}

/** A member's parameters after so many steps; null where it was not looked at then. */
export const chosenLook = async (
  task: Choosing,
  index: number,
  steps: number,
): Promise<Float32Array | null> => (await readLook(task, index, steps))?.parameters ?? null;

async function readLook(
  { store, key }: Pick<Choosing, 'store' | 'key'>,
  index: number,
  steps: number,
): Promise<Look | null> {
  const object = await store.get(key(index, lookFile(steps)));
  return object && decodeLook(object.bytes);
}
