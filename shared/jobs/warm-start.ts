import { type BundleDescription, BundleError, readBundle } from '../bundle/index.ts';
import type { CalendarFeature } from '../calendar/index.ts';
import { type ForecasterSettings, memberLayout } from '../model/index.ts';
import { canonicalJson, type Json, keys, type ObjectStore } from '../store/index.ts';
import type { Series } from './chunks.ts';
import { covariatesOf } from './covariates.ts';
import { decodeParameters, type MemberParameters, parametersFile, sameLayout } from './parameters.ts';
import type { Plan } from './plan-document.ts';
import { countMembers, memberAt } from './views.ts';

interface WarmStartTask {
  readonly store: ObjectStore;
  readonly plan: Plan;
  readonly views: readonly ForecasterSettings[];
  readonly series: readonly Series[];
}

/** What the plan says about where its members start. */
export type Start = Pick<Plan, 'warmStart' | 'fitPeriod'>;

/**
 * Decides whether the members start from the parent's weights, and if so keeps these with the run. They do where the
 * networks are of the same layout, and where the parent's fit before its origins has seen nothing of the new
 * backtest's windows: else the backtest would measure what the weights remember.
 */
export async function freezeStart(task: WarmStartTask): Promise<Start> {
  const { store, plan } = task;
  const own = lastFitted(task);
  const parent = plan.parent === null ? null : await readParent(store, plan.dataset, plan.parent);
  const seen = parent?.description.data.fitPeriod;
  const fits =
    parent !== null &&
    seen !== undefined &&
    seen < firstTarget(task) &&
    sameFrequency(parent.description, plan) &&
    parent.description.transforms.join() === plan.views.map(({ transform }) => transform).join() &&
    sameCovariates(parent.description, plan) &&
    sameLayouts(task, decodeParameters(parent.parameters));
  if (!fits) return { warmStart: false, fitPeriod: own };
  await store.put(keys.parentParameters(plan.dataset, plan.job), parent.parameters);
  // What the parent's weights have seen, they hand down.
  return { warmStart: true, fitPeriod: Math.max(own, seen) };
}

/** The weights that a member starts from; null where it draws its own. */
export async function readStart(
  store: ObjectStore,
  { dataset, job, warmStart }: Plan,
  index: number,
): Promise<Float32Array | null> {
  if (!warmStart) return null;
  const key = keys.parentParameters(dataset, job);
  const found = await store.get(key);
  const member = found && decodeParameters(found.bytes)?.[index];
  if (!member) throw new Error(`job ${job} starts from its parent's weights, but ${key} has none`);
  return member.before;
}

/** A version that is gone, damaged or of an older format is none to start from, and no reason not to train. */
async function readParent(store: ObjectStore, dataset: string, version: string) {
  try {
    const { description, file } = await readBundle(store, keys.model(dataset, version));
    return { description, parameters: await file(parametersFile) };
  } catch (error) {
    if (error instanceof BundleError) return null;
    throw error;
  }
}

/** The newest period that the fit before the origins sees of any item. */
const lastFitted = ({ plan, series }: WarmStartTask): number =>
  series.reduce(
    (latest, { start, rows }, i) => Math.max(latest, start + (plan.windows[i]?.fit ?? rows) - 1),
    Number.NEGATIVE_INFINITY,
  );

/** The first period that any window of the backtest forecasts. */
const firstTarget = ({ plan, series }: WarmStartTask): number =>
  series.reduce((first, { start }, i) => {
    const { calibrate = [], report = [] } = plan.windows[i] ?? {};
    return [...calibrate, ...report].reduce((least, origin) => Math.min(least, start + origin + 1), first);
  }, Number.POSITIVE_INFINITY);

const sameFrequency = ({ frequency }: BundleDescription, plan: Plan): boolean =>
  canonicalJson(frequency as Json) === canonicalJson(plan.frequency);

/** Inputs of the same names and values stand at the same places. */
const sameCovariates = ({ covariates, features }: BundleDescription, plan: Plan): boolean =>
  canonicalJson(covariates as Json) === canonicalJson(covariatesOf(plan) as Json) &&
  canonicalJson(features.map(madeBy)) === canonicalJson(plan.features.map(madeBy));

/** What a feature is, without the dates of years that come and go. */
const madeBy = (feature: CalendarFeature): Json =>
  feature.generator === 'holidays' ? { ...feature, dates: [], years: [] } : feature;

const sameLayouts = ({ views }: WarmStartTask, members: readonly MemberParameters[] | null): boolean =>
  members?.length === countMembers(views) &&
  members.every(({ layout }, index) => {
    const { settings, member } = memberAt(views, index);
    return sameLayout(memberLayout(settings, member), layout);
  });
