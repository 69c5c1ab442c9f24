import {
  type Bundle,
  type BundleMetrics,
  type Current,
  promote,
  readBundle,
  readCurrent,
} from '../bundle/index.ts';
import { score } from '../evaluate/index.ts';
import { type ModelShape, shapeOf } from '../forecast/index.ts';
import { openSession } from '../graph/index.ts';
import { ConflictError, keys, type ObjectStore } from '../store/index.ts';
import { type Backtest, backtest, type Window } from './backtest.ts';
import { givenColumns } from './given.ts';
import type { Plan } from './plan-document.ts';

interface Pointed {
  readonly store: ObjectStore;
  readonly plan: Plan;
  /** When, in ISO 8601 UTC, for the pointer to remember. */
  readonly at?: string | undefined;
}

/** A new version, and how it did on the reported windows. */
export interface Candidate {
  readonly report: Backtest;
  readonly windows: readonly Window[];
  readonly version: string;
  readonly metrics: BundleMetrics;
}

/** Others may move the pointer meanwhile: then the comparison was with the wrong version. */
const attempts = 5;

/** Moves the pointer where the new version is at least as good as the champion on windows that neither has seen. */
export async function decide(task: Pointed, model: ModelShape, candidate: Candidate) {
  const { store, plan } = task;
  for (let attempt = 1; ; attempt++) {
    const from = await readCurrent(store, plan.dataset);
    const verdict = from ? await compare(task, model, candidate, from) : first(candidate.metrics);
    if (!verdict.promoted) return verdict;
    try {
      await promote(store, plan.dataset, {
        version: candidate.version,
        reason: verdict.reason,
        ...(task.at !== undefined && { at: task.at }),
        from,
      });
      return verdict;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= attempts) throw error;
    }
  }
}

const first = ({ beatsBaselines }: BundleMetrics) => ({
  promoted: true,
  reason: beatsBaselines
    ? 'the first version; ahead of the baselines in MASE and wQL'
    : 'the first version; NOT ahead of every baseline in MASE and wQL',
});

async function compare(task: Pointed, model: ModelShape, candidate: Candidate, from: Current) {
  if (from.version === candidate.version)
    return { promoted: true, reason: 'the same version serves already' };
  const champion = await readBundle(task.store, `${keys.models(task.plan.dataset)}${from.version}`);
  const seen = champion.description.data.lastPeriod ?? Number.POSITIVE_INFINITY;
  const fresh = candidate.windows.flatMap(({ series, origin }, i) =>
    series.start + origin >= seen ? [i] : [],
  );
  const comparable =
    sameShape(champion, model, task.plan) && hasPast(champion, task.plan) && fresh.length > 0;
  if (!comparable) return byStatedScores(candidate.metrics, champion);
  const session = await openSession(champion.forecaster);
  // The champion makes what the calendar gives by itself.
  const given = task.plan.knownNames.length;
  const windows = fresh.flatMap((i) =>
    candidate.windows.slice(i, i + 1).map(({ series, origin }) => ({
      series: { ...series, known: givenColumns(series.known, model.known, given) },
      origin,
    })),
  );
  const theirs = await backtest(session, shapeOf(champion.description), windows);
  await session.release();
  const channels = fresh.flatMap((i) =>
    Array.from({ length: model.channels }, (_, c) => i * model.channels + c),
  );
  const settings = { levels: model.levels, season: task.plan.season };
  const ours = score(
    channels.flatMap((i) => candidate.report.forecasts.slice(i, i + 1)),
    channels.flatMap((i) => candidate.report.outcomes.slice(i, i + 1)),
    settings,
  ).overall.wql;
  return verdict(
    ours,
    score(theirs.forecasts, theirs.outcomes, settings).overall.wql,
    `${fresh.length} new windows`,
  );
}

const sameShape = ({ description }: Bundle, model: ModelShape, { knownNames }: Plan): boolean =>
  description.horizon === model.horizon &&
  description.channels.length === model.channels &&
  description.covariates.known.join('\n') === knownNames.join('\n') &&
  description.levels.join() === model.levels.join();

/** Whether the data still have the past covariates that the champion reads, all of them or none. */
const hasPast = ({ description: { covariates } }: Bundle, { pastNames }: Plan): boolean =>
  covariates.past.length === 0 || covariates.past.join('\n') === pastNames.join('\n');

function byStatedScores({ scores }: BundleMetrics, champion: Bundle) {
  const theirs = champion.description.metrics.backtest?.scores.wql ?? Number.POSITIVE_INFINITY;
  return verdict(
    scores.wql ?? Number.POSITIVE_INFINITY,
    theirs,
    'the backtests stated by each, without newer data',
  );
}

function verdict(ours: number, theirs: number, on: string) {
  const promoted = ours <= theirs;
  const relation = promoted ? 'at least as good as' : 'worse than';
  return {
    promoted,
    reason: `${relation} the champion on ${on}: wQL ${ours.toPrecision(4)} against ${theirs.toPrecision(4)}`,
  };
}
