import {
  encodePanel,
  type Panel,
  panelFingerprint,
  type ReadOptions,
  readDataset,
} from '../dataset/index.ts';
import { budgetOf, type Configuration } from '../documents/index.ts';
import { ConfigurationError } from '../errors/index.ts';
import { planBacktest } from '../evaluate/index.ts';
import { seasonality } from '../frequency/index.ts';
import { drawParameters, memberLayout } from '../model/index.ts';
import { type Json, jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import { adam, memberTraining, startState } from '../train/index.ts';
import { cropTensors } from './crops.ts';
import type { Plan } from './plan-document.ts';
import { engineOf, prepare, seriesOf } from './prepared.ts';
import { batchItems } from './rules.ts';
import { freezeStart } from './warm-start.ts';

export interface PlanTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly job: string;
  /** The files of the table. */
  readonly files: readonly string[];
  readonly configuration: Configuration;
  /** The version that the job may start from. */
  readonly parent: string | null;
}

/** Reads and checks the data, decides by rule, and freezes both for the steps to come. Does nothing where it is done. */
export async function plan(task: PlanTask): Promise<void> {
  const { store, dataset, job, files, configuration } = task;
  if (await store.head(keys.plan(dataset, job))) return;
  const { panel } = await readDataset(files, readOptions(configuration));
  const document = planOf(task, panel);
  const { settings, series } = prepare(document, seriesOf(panel));
  const start = await freezeStart({ store, plan: document, settings, series });
  const { steps } = await stepsOf(document, panel);
  await store.put(keys.panel(dataset, job), encodePanel(panel));
  await store.put(keys.plan(dataset, job), jsonBytes({ ...document, ...start, steps } as Json));
}

/** What the configuration says about reading the table. */
export function readOptions({ columns = {}, frequency }: Configuration): ReadOptions {
  const said = Object.entries({ ...columns, frequency }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

function planOf({ dataset, job, configuration, parent }: PlanTask, panel: Panel): Plan {
  const natural = seasonality(panel.frequency);
  const horizon = configuration.horizon ?? natural.horizon;
  const lengths = panel.items.map((_, i) => (panel.indptr[i + 1] ?? 0) - (panel.indptr[i] ?? 0));
  const longest = Math.max(...lengths);
  if (longest < horizon + 3) {
    throw new ConfigurationError({
      rule: `the longest item must have at least ${horizon + 3} periods for a horizon of ${horizon}`,
      received: String(longest),
      remedy: 'give a longer history or a shorter horizon',
    });
  }
  return {
    formatVersion: 1,
    dataset,
    job,
    configuration,
    fingerprint: panelFingerprint(panel),
    layout: panel.channels.length > 1 ? 'wide' : 'long',
    channels: [...panel.channels],
    knownNames: [...panel.known.names],
    frequency: panel.frequency,
    season: natural.metricSeason,
    seasons: natural.seasons.filter((season) => longest >= 2 * season + 1),
    horizon,
    steps: 1,
    parent,
    warmStart: false,
    fitPeriod: 0,
    windows: planBacktest({ lengths, horizon, season: natural.season }).map(({ fit, calibrate, report }) => ({
      fit,
      calibrate: [...calibrate],
      report: [...report],
    })),
  };
}

const [fewest, most] = [20, 20_000];
/** Steps that are timed, after one that warms up. */
const timed = 4;

/** The steps of a member: as said, or as many as fit the seconds on this machine, both fits and validation together. */
async function stepsOf(document: Plan, panel: Panel): Promise<{ readonly steps: number }> {
  const budget = budgetOf(document.configuration);
  if ('steps' in budget) return budget;
  const { settings, series } = prepare(document, seriesOf(panel));
  const [member] = settings.members;
  if (!member) throw new RangeError('there is at least one member');
  const start = startState(drawParameters(memberLayout(settings, member), member.seed));
  const trainer = await engineOf(document.configuration).createTrainer(
    memberTraining(settings, member),
    adam,
    start,
  );
  const crops = Array.from({ length: batchItems(settings) }, (_, i) => {
    const one = series[i % series.length];
    if (!one) throw new RangeError('there is at least one item');
    return { series: one, end: one.rows - 2, limit: one.rows };
  });
  const batch = cropTensors(settings, crops);
  await trainer.step(batch, 1e-3);
  const before = performance.now();
  for (let i = 0; i < timed; i++) await trainer.step(batch, 1e-3);
  const secondsPerStep = (performance.now() - before) / 1000 / timed;
  await trainer.release();
  // Both fits take the steps once each; a quarter more goes into validation and the backtest.
  const steps = Math.floor(budget.seconds / secondsPerStep / 2.5);
  return { steps: Math.min(Math.max(steps, fewest), most) };
}
