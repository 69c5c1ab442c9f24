import type { BundleInput, BundleMetrics } from '../bundle/index.ts';
import type { ForecasterSettings } from '../model/index.ts';
import { version } from '../version/index.ts';
import type { Choice } from './choose/index.ts';
import type { Series } from './chunks.ts';
import { covariatesOf } from './covariates.ts';
import type { Plan } from './plan-document.ts';
import { countMembers, memberAt } from './views.ts';

interface Described {
  readonly plan: Plan;
  readonly views: readonly ForecasterSettings[];
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
  readonly choice: Choice;
  readonly metrics: BundleMetrics;
}

/** What `bundle.json` says of a forecaster. */
export function describe({ plan, views, settings, series, choice, metrics }: Described): BundleInput {
  const values = series.flatMap(({ start, rows }) => [start + rows - 1]);
  return {
    tidecast: version,
    dataset: plan.dataset,
    configuration: JSON.parse(JSON.stringify(plan.configuration)),
    frequency: plan.frequency,
    season: plan.season,
    seasons: [...settings.seasons],
    transforms: plan.views.map(({ transform }) => transform),
    reasons: reasonsOf(plan, choice),
    horizon: settings.horizon,
    context: settings.context,
    layout: plan.layout,
    channels: plan.channels,
    covariates: covariatesOf(plan),
    features: plan.features,
    levels: [...settings.levels],
    ...(plan.warmStart && plan.parent !== null && { parent: plan.parent }),
    members: Array.from({ length: countMembers(views) }, (_, index) => {
      const { settings: view, member } = memberAt(views, index);
      return { ...member, seed: member.seed, transform: view.transform, steps: choice.steps };
    }),
    mixture: choice.mixture,
    data: {
      fingerprint: plan.fingerprint,
      items: series.length,
      observations: series.reduce(
        (sum, { target }) => sum + target.filter((value) => !Number.isNaN(value)).length,
        0,
      ),
      fitPeriod: plan.fitPeriod,
      lastPeriod: values.reduce((latest, period) => Math.max(latest, period), Number.NEGATIVE_INFINITY),
    },
    metrics: { backtest: metrics },
  };
}

/** Why the forecaster is what it is, in a sentence each. */
function reasonsOf(plan: Plan, { steps, scores, mixture, score }: Choice): Record<string, string> {
  const alone = scores.find((one) => one.steps === steps)?.score;
  const looked = scores.map((one) => one.steps);
  return {
    ...plan.reasons,
    steps:
      looked.length > 0
        ? `the lowest holdout loss of the members together, looked at after ${looked.join(', ')} steps`
        : 'no window to choose by: enough for a rough fit',
    mixture: mixture
      ? `${mixture.weight} of ${mixture.baseline} lowers the holdout loss from ${figure(alone)} to ${figure(score)}`
      : 'no baseline lowers the holdout loss',
  };
}

const figure = (value: number | null | undefined): string => (value ?? Number.NaN).toPrecision(4);
