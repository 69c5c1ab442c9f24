import type { Transform } from '../model/index.ts';
import type { Series } from './chunks.ts';
import { unitOf } from './measure.ts';
import type { Plan } from './plan-document.ts';
import { type Prepared, prepare } from './prepared.ts';
import { trialLoss } from './trial-fit.ts';

/** What is tried: how series are changed, which seasons are taken out of them, and which covariates are read. */
interface Shape {
  readonly transform: Transform;
  readonly seasons: readonly number[];
  readonly reads: Plan['reads'];
}

/** What trials decided, and why. */
export type Decided = Pick<Plan, 'views' | 'seasons' | 'reads' | 'reasons'>;

/** What is not the likelier shape has to lower the loss by this share. */
const gain = 0.01;
/** A transform that contradicts the rule by more than this share is taken alone. */
const clear = 0.25;

/**
 * Chooses between transforms, then between seasons, then whether past and static covariates are read: one member of
 * each shape is fitted for a few steps before the backtest's origins, and judged in the data's units on the older half
 * of its windows. Without such a window, or with a single candidate, the likelier shape is taken.
 *
 * A few steps of one member tell transforms apart only roughly: where they contradict the rule, members see series
 * through both.
 *
 * @param transforms the likelier one first
 * @param seasons the same
 */
export async function tryShapes(
  plan: Plan,
  series: readonly Series[],
  transforms: readonly [Transform, ...Transform[]],
  seasons: readonly (readonly number[])[],
): Promise<Decided> {
  const known = new Map<string, number>();
  const loss = async (shape: Shape): Promise<number> => {
    const name = JSON.stringify(shape);
    const found = known.get(name) ?? (await trialLoss(await shaped(plan, series, [shape])));
    known.set(name, found);
    return found;
  };
  const [reading, ...others] = readCandidates(plan);
  const first = { seasons: seasons[0] ?? [], reads: reading };
  const transform = await best(transforms, (one) => loss({ ...first, transform: one }), String);
  const cycles = await best(
    seasons,
    (one) => loss({ transform: transform.chosen, seasons: one, reads: reading }),
    spoken,
  );
  const found = { transform: transform.chosen, seasons: cycles.chosen };
  const covariates = await best([reading, ...others], (reads) => loss({ ...found, reads }), spokenReads);
  const chosen = { ...found, reads: covariates.chosen };

  const [usual] = transforms;
  const contradicted = chosen.transform !== usual && plan.configuration.members > 1;
  const [by, against] = [
    await loss({ ...first, transform: chosen.transform }),
    await loss({ ...first, transform: usual }),
  ];
  const both = contradicted && by > against * (1 - clear);
  const shapes = both ? [{ ...chosen, transform: usual }, chosen] : [chosen];
  const { plan: measured } = await shaped(plan, series, shapes);
  return {
    ...{ views: measured.views, seasons: [...chosen.seasons], reads: chosen.reads },
    reasons: {
      ...plan.reasons,
      transform: both ? `${transform.reason}; members of both, as the rule says ${usual}` : transform.reason,
      seasons: cycles.reason,
      ...(others.length > 0 && { covariates: covariates.reason }),
    },
  };
}

const spoken = (seasons: readonly number[]): string => (seasons.length > 0 ? seasons.join(' and ') : 'none');

/**
 * Without past and static covariates, as they often do not help (RECIPE), then with each kind that there is, then with
 * both.
 */
function readCandidates({ pastNames, statics }: Plan): readonly [Plan['reads'], ...Plan['reads'][]] {
  const kinds = { past: pastNames.length > 0, statics: statics.length > 0 };
  const none = { past: false, statics: false };
  return [
    none,
    ...(kinds.past ? [{ ...none, past: true }] : []),
    ...(kinds.statics ? [{ ...none, statics: true }] : []),
    ...(kinds.past && kinds.statics ? [kinds] : []),
  ];
}

const spokenReads = ({ past, statics }: Plan['reads']): string =>
  [...(past ? ['past'] : []), ...(statics ? ['static'] : [])].join(' and ') || 'neither past nor static';

interface Best<T> {
  readonly chosen: T;
  readonly reason: string;
}

/** The candidate with the lowest loss; another than the first has to be clearly better. */
async function best<T extends string | object>(
  candidates: readonly T[],
  loss: (candidate: T) => Promise<number>,
  name: (candidate: T) => string,
): Promise<Best<T>> {
  const [first] = candidates;
  if (first === undefined) throw new RangeError('there is at least one candidate');
  if (candidates.length === 1)
    return { chosen: first, reason: `${name(first)}: by rule, nothing else fits the data` };
  let chosen = { candidate: first, loss: await loss(first) };
  if (Number.isNaN(chosen.loss))
    return { chosen: first, reason: `${name(first)}: by rule, no window to try on` };
  const told = [`${name(first)} ${chosen.loss.toPrecision(4)}`];
  for (const candidate of candidates.slice(1)) {
    const found = await loss(candidate);
    told.push(`${name(candidate)} ${found.toPrecision(4)}`);
    if (found < chosen.loss * (1 - gain)) chosen = { candidate, loss: found };
  }
  return { chosen: chosen.candidate, reason: `holdout loss of one member: ${told.join(', ')}` };
}

/** The likeliest shape, without a trial. */
export async function likeliestShape(
  plan: Plan,
  series: readonly Series[],
  [transform]: readonly [Transform, ...Transform[]],
  [seasons = []]: readonly (readonly number[])[],
): Promise<Decided> {
  const [reads] = readCandidates(plan);
  const { plan: measured } = await shaped(plan, series, [{ transform, seasons, reads }]);
  const why = 'by rule, there is no time to try others';
  return {
    ...{ views: measured.views, seasons: [...seasons], reads },
    reasons: { ...plan.reasons, transform: `${transform}: ${why}`, seasons: `${spoken(seasons)}: ${why}` },
  };
}

/** How many shapes tryShapes may fit. */
export const countShapes = (
  plan: Plan,
  transforms: readonly unknown[],
  seasons: readonly unknown[],
): number => transforms.length + seasons.length - 1 + readCandidates(plan).length - 1;

/** The plan with a view of each shape, and the mean change of its z. */
async function shaped(plan: Plan, series: readonly Series[], shapes: readonly Shape[]): Promise<Prepared> {
  const [{ seasons, reads } = { seasons: [], reads: plan.reads }] = shapes;
  const views = shapes.map(({ transform }) => ({ transform, unit: 1 }));
  const rough = prepare({ ...plan, views, seasons: [...seasons], reads }, series);
  const units: number[] = [];
  for (const view of rough.views) units.push(await unitOf(view, series));
  const measured = views.map((view, v) => ({ ...view, unit: units[v] ?? 1 }));
  return prepare({ ...rough.plan, views: measured }, series);
}
