import { budgetOf } from '../documents/index.ts';
import type { Transform } from '../model/index.ts';
import { allotmentReason, type Costs, rungFor, stepsFor, type Wanted } from './budget.ts';
import type { Series } from './chunks.ts';
import { measureCosts } from './costs.ts';
import type { Plan } from './plan-document.ts';
import { prepare } from './prepared.ts';
import { countShapes, likeliestShape, tryShapes } from './trial.ts';

/** What there is to choose between, the likelier first. */
export interface Candidates {
  readonly transforms: readonly [Transform, ...Transform[]];
  readonly seasons: readonly (readonly number[])[];
}

interface Surroundings {
  /** As the configuration says; by the budget where it says nothing. */
  readonly members: number | undefined;
  /** Members that train at the same time. */
  readonly processes: number;
  /** Seconds since the job began. */
  spent(): number;
}

/** Chooses the shape, and what the budget makes of members and steps. */
export async function decide(
  rough: Plan,
  series: readonly Series[],
  candidates: Candidates,
  surroundings: Surroundings,
): Promise<Plan> {
  const budget = budgetOf(rough.configuration);
  const { transforms, seasons } = candidates;
  if ('seconds' in budget) return decideWithin(rough, series, candidates, { ...surroundings, ...budget });
  return { ...rough, ...(await tryShapes(rough, series, transforms, seasons)), ...budget };
}

/**
 * Measures with the likeliest shape what training costs, spreads the time, and tries shapes as far as that goes. After
 * trials it measures again: the shape may be another, and the steps follow from what is left.
 */
async function decideWithin(
  rough: Plan,
  series: readonly Series[],
  { transforms, seasons }: Candidates,
  { members: said, processes, spent, seconds }: Surroundings & { readonly seconds: number },
): Promise<Plan> {
  const measured = async (plan: Plan): Promise<Costs> => {
    const costs = await measureCosts(prepare(plan, series));
    return { ...costs, spent: spent() };
  };
  const likeliest = { ...rough, ...(await likeliestShape(rough, series, transforms, seasons)) };
  const candidates = countShapes(rough, transforms, seasons);
  const wanted: Wanted = { seconds, processes, candidates, members: said };
  const before = await measured(likeliest);
  const { members, most, trials } = rungFor(wanted, before);
  const manned = (plan: Plan): Plan => ({ ...plan, configuration: { ...plan.configuration, members } });
  const tried = trials
    ? { ...rough, ...(await tryShapes(manned(rough), series, transforms, seasons)) }
    : likeliest;
  const costs = trials ? await measured(tried) : before;
  const steps = stepsFor({ members, most, trials: false }, wanted, costs);
  const budget = allotmentReason({ members, steps, trials }, wanted, costs);
  return manned({ ...tried, steps, reasons: { ...tried.reasons, budget } });
}
