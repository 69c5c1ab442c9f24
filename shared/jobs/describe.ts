import type { BundleInput, BundleMetrics } from '../bundle/index.ts';
import type { ForecasterSettings } from '../model/index.ts';
import { version } from '../version/index.ts';
import type { Series } from './chunks.ts';
import type { Plan } from './plan-document.ts';
import type { TrainedMember } from './train-member.ts';

interface Described {
  readonly plan: Plan;
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
  readonly members: readonly TrainedMember[];
  readonly metrics: BundleMetrics;
}

/** What `bundle.json` says of a forecaster. */
export function describe({ plan, settings, series, members, metrics }: Described): BundleInput {
  const values = series.flatMap(({ start, rows }) => [start + rows - 1]);
  return {
    tidecast: version,
    dataset: plan.dataset,
    configuration: JSON.parse(JSON.stringify(plan.configuration)),
    frequency: plan.frequency,
    season: plan.season,
    transform: plan.transform,
    horizon: settings.horizon,
    context: settings.context,
    layout: plan.layout,
    channels: plan.channels,
    covariates: { known: plan.knownNames, past: [], static: [] },
    features: [],
    levels: [...settings.levels],
    ...(plan.warmStart && plan.parent !== null && { parent: plan.parent }),
    members: settings.members.map((member, k) => ({
      ...member,
      seed: member.seed,
      steps: members[k]?.steps ?? 0,
    })),
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
