import { lookSteps } from './choose/index.ts';
import { refitShare } from './train-member.ts';
import { mostTrialSteps } from './trial-fit.ts';

/** What the parts of a training cost on this machine, in seconds. */
export interface Costs {
  /** What has gone already: reading and checking the data, and measuring. */
  readonly spent: number;
  /** What one fit of a member takes before its first step. */
  readonly fit: number;
  /** One optimiser step of a member. */
  readonly step: number;
  /** One look at a member. */
  readonly look: number;
  /** One shape that is tried, besides its steps. */
  readonly candidate: number;
  /** Choosing by the looks, backtest, baselines, bundle. */
  readonly end: number;
}

/** What a budget of time is for. */
export interface Wanted {
  /** The budget. */
  readonly seconds: number;
  /** Members that train at the same time. */
  readonly processes: number;
  /** Shapes that there are to try. */
  readonly candidates: number;
  /** As the configuration says; by the budget where it says nothing. */
  readonly members?: number | undefined;
}

/** How a training uses its time. */
export interface Allotment {
  readonly members: number;
  /** The most steps of each. */
  readonly steps: number;
  /** Whether shapes are tried; else the likeliest one is taken. */
  readonly trials: boolean;
}

/** A way to train: so many members with at least and at most so many steps each. */
interface Rung extends Omit<Allotment, 'steps'> {
  readonly least: number;
  readonly most: number;
}

/** A fit of fewer steps is none. */
const fewest = 20;
/** Where all else uses a budget up, steps take this share of it besides: without them the rest is for nothing. */
const leastShare = 0.1;

/**
 * From a rough fit to all that helps. Members times `least` steps are never fewer than what the rung before has at
 * most: more time never means less training. Trials are whole or none: after 45 or 100 steps they say something else
 * than after 150 (decision 0010).
 */
const ladder: readonly Rung[] = [
  { members: 1, least: fewest, most: 150, trials: false },
  { members: 2, least: 75, most: 600, trials: false },
  { members: 4, least: 300, most: 600, trials: false },
  { members: 4, least: 600, most: 2400, trials: true },
  { members: 8, least: 1200, most: 5000, trials: true },
  { members: 16, least: 2500, most: 5000, trials: true },
];

/** The same for a number of members that somebody has said. */
const ladderOf = (members: number): readonly Rung[] => [
  { members, least: fewest, most: 600, trials: false },
  { members, least: 600, most: 5000, trials: true },
];

/** Members that train at the same time slow each other down. */
const crowded = 1.15;

/** How often as long all members take as one alone. */
const turns = (members: number, processes: number): number =>
  Math.ceil(members / processes) * (Math.min(members, processes) > 1 ? crowded : 1);

/** The wall-clock seconds of a whole training, if no member stops early. */
export function secondsOf(
  { members, steps, trials }: Allotment,
  { processes, candidates }: Wanted,
  costs: Costs,
): number {
  const looks = costs.look * lookSteps(steps).length;
  const member = 2 * costs.fit + (1 + refitShare) * steps * costs.step + looks;
  const trying = trials ? candidates * (costs.candidate + mostTrialSteps * costs.step) : 0;
  // The backtest runs all members twice, as each half of the windows has chosen.
  const end = 2 * members * costs.look + costs.end;
  return costs.spent + trying + turns(members, processes) * member + end;
}

/** The most steps within the time, 0 where not even one is. */
function stepsWithin(way: Omit<Rung, 'least'>, wanted: Wanted, costs: Costs): number {
  let [fits, beyond] = [0, way.most + 1];
  while (beyond - fits > 1) {
    const steps = Math.floor((fits + beyond) / 2);
    if (secondsOf({ ...way, steps }, wanted, costs) <= wanted.seconds) fits = steps;
    else beyond = steps;
  }
  return fits;
}

/** The highest rung that the time reaches; the lowest where it reaches none. */
export function rungFor(wanted: Wanted, costs: Costs): Rung {
  const rungs = wanted.members === undefined ? ladder : ladderOf(wanted.members);
  const [lowest] = rungs;
  if (!lowest) throw new RangeError('a ladder has a rung at least');
  return rungs.findLast((rung) => stepsWithin(rung, wanted, costs) >= rung.least) ?? lowest;
}

/** The most steps within the time; where there is too little of it, the least that is a training. */
export function stepsFor(way: Omit<Rung, 'least'>, wanted: Wanted, costs: Costs): number {
  const oneOfEach = (1 + refitShare) * costs.step * turns(way.members, wanted.processes);
  const share = Math.floor((leastShare * wanted.seconds) / oneOfEach);
  return Math.max(stepsWithin(way, wanted, costs), fewest, Math.min(share, way.most));
}

const rounded = (amount: number): string => `${Number(amount.toPrecision(2))} s`;

/** In a sentence. @param costs as they were known when the steps were decided, trials among what is spent */
export function allotmentReason(allotment: Allotment, wanted: Wanted, costs: Costs): string {
  const { members, steps, trials } = allotment;
  const { seconds, processes } = wanted;
  const needed = secondsOf({ ...allotment, trials: false }, wanted, costs);
  const what =
    `${members} ${members === 1 ? 'member' : 'members'} of at most ${steps} steps, ` +
    `${trials ? 'shapes tried' : 'no time to try shapes'}: ${rounded(costs.step)} a step, ` +
    `${Math.min(members, processes)} at a time, at most about ${rounded(needed)} in all`;
  return needed > seconds
    ? `${what}; ${seconds} s are too short for this data, so this is about the least`
    : what;
}
