import {
  type BundleDescription,
  BundleError,
  type Current,
  readCurrent,
  readDescription,
} from '../../bundle/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import type { Model, ModelSummary } from '../routes/models.ts';
import { coveredDatasets, mostLooks } from './covered.ts';
import { unknownModel } from './forecast.ts';

interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface ModelPage {
  models: ModelSummary[];
  next: string | null;
}

/** The models that a grant covers, in the order of their names; of very many that do not serve, a part at a time. */
export async function listModels(
  store: ObjectStore,
  grant: Grant,
  { limit, after }: Page,
): Promise<ModelPage> {
  const models: ModelSummary[] = [];
  let looks = 0;
  for await (const { dataset, covered } of coveredDatasets(store, keys.allModels, grant, after)) {
    const summary = covered ? await summaryOf(store, dataset) : null;
    if (summary && models.length === limit) return { models, next: models.at(-1)?.model ?? null };
    if (summary) models.push(summary);
    if (++looks === mostLooks) return { models, next: dataset };
  }
  return { models, next: null };
}

async function summaryOf(store: ObjectStore, dataset: string): Promise<ModelSummary | null> {
  try {
    const current = await readCurrent(store, dataset);
    return current && summarised(current, await readDescription(store, keys.model(dataset, current.version)));
  } catch (error) {
    // One that is damaged must not hide the others; asked for alone it says so.
    if (error instanceof BundleError) return null;
    throw error;
  }
}

function summarised({ version }: Current, description: BundleDescription): ModelSummary {
  return {
    model: description.dataset,
    version,
    frequency: printFrequency(description.frequency),
    horizon: description.horizon,
    channels: [...description.channels],
    quantiles: [...description.levels],
  };
}

export async function describeModel(store: ObjectStore, name: string): Promise<Model> {
  const current = await readCurrent(store, name);
  if (!current) throw unknownModel(name);
  const description = await readDescription(store, keys.model(name, current.version));
  const { tidecast, season, context, layout, covariates, features, members, data } = description;
  const { timezone } = description.configuration;
  return {
    ...summarised(current, description),
    tidecast,
    season,
    context,
    layout,
    covariates: {
      known: covariates.known,
      past: covariates.past,
      static: covariates.static.map((covariate) => covariate.name),
      generated: features.flatMap(({ columns }) => columns),
    },
    timezone: typeof timezone === 'string' ? timezone : null,
    members: members.length,
    items: data.items ?? null,
    observations: data.observations ?? null,
    lastPeriod: data.lastPeriod === undefined ? null : isoPeriod(description.frequency, data.lastPeriod),
    metrics: metricsOf(description),
    history: current.history.map(({ version, reason, at = null }) => ({ version, reason, at })),
  };
}

/** The backtest of a version beside its baselines; null where it had none. */
export function metricsOf({ metrics: { backtest } }: BundleDescription): Model['metrics'] {
  if (!backtest) return null;
  const { scores, baselines = {}, beatsBaselines = null } = backtest;
  return { scores, baselines, beatsBaselines };
}
