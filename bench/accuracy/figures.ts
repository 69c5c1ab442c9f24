import { type Metrics, owa, type SeriesForecast, score } from '../../shared/evaluate/index.ts';
import { type HeldOut, outcomesToScore } from './held-out.ts';

/** What is said of a method on a set, by the metric's name; null where it is unknown. */
export interface Figures {
  /** Mean over series, or over points for several sets as one. */
  readonly smape: number | null;
  readonly mase: number | null;
  /** Beside Naive2. */
  readonly owa: number | null;
  /** The mean over the levels 0.1, 0.5 and 0.9, whichever a model has besides. */
  readonly wql: number | null;
  /** The share of actual values within the central 80 % and 95 % intervals. */
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  /** Of the whole job: from the file to the forecasts. */
  readonly seconds: number | null;
  /** The most memory meanwhile, MB. */
  readonly megabytes: number | null;
}

export type MetricName = keyof Figures;

/** What stands in a table: a method of ours, one that is measured beside, or what was published. */
export interface Result {
  readonly set: string;
  readonly kind: 'ours' | 'baseline' | 'peer' | 'published';
  readonly by: string;
  readonly figures: Figures;
  /** Forecast values that were scored, the series they belong to, and those of them that have a MASE. */
  readonly points: number;
  readonly series: number;
  readonly scaled: number;
}

/** The levels that are scored where a model has them. */
export const scoredLevels = [0.025, 0.1, 0.5, 0.9, 0.975];
const wqlLevels = [0.1, 0.5, 0.9];

export const noFigures: Figures = {
  smape: null,
  mase: null,
  owa: null,
  wql: null,
  coverage80: null,
  coverage95: null,
  seconds: null,
  megabytes: null,
};

/** Scores forecasts of the windows, in their order, channel by channel. @param levels those of the quantiles */
export function scoreForecasts(
  held: HeldOut,
  forecasts: readonly SeriesForecast[],
  levels: readonly number[],
): Pick<Result, 'set' | 'figures' | 'points' | 'series' | 'scaled'> {
  const asked = scoredLevels.filter((level) => levels.includes(level));
  const chosen = forecasts.map((one) => ({ ...one, quantiles: pickLevels(one.quantiles, levels, asked) }));
  const { overall } = score(chosen, outcomesToScore(held), { levels: asked, season: held.season });
  const { points, series, unscaled } = overall;
  return { set: held.name, figures: figuresOf(overall), points, series, scaled: series - unscaled };
}

function figuresOf({ smape, mase, levels, intervals }: Metrics): Figures {
  const coverage = (share: number) => intervals.find(({ interval }) => interval === share)?.coverage ?? null;
  const wqls = levels.flatMap(({ level, wql }) => (wqlLevels.includes(level) ? [wql] : []));
  return {
    ...noFigures,
    smape,
    mase,
    wql: wqls.length === wqlLevels.length ? mean(wqls) : null,
    coverage80: coverage(0.8),
    coverage95: coverage(0.95),
  };
}

/** Of quantiles `[step, level]` the columns of some levels. */
function pickLevels(
  quantiles: Float64Array,
  levels: readonly number[],
  asked: readonly number[],
): Float64Array {
  const at = asked.map((level) => levels.indexOf(level));
  const steps = quantiles.length / levels.length;
  return Float64Array.from(
    { length: steps * asked.length },
    (_, i) =>
      quantiles[Math.floor(i / asked.length) * levels.length + (at[i % asked.length] ?? -1)] ?? Number.NaN,
  );
}

/** The same results with their OWA, where Naive2 is among them. */
export function withOwa(results: readonly Result[]): readonly Result[] {
  const naive2 = results.find(({ by }) => by === 'naive2')?.figures;
  if (!naive2) return results;
  return results.map((one) => {
    const { smape, mase } = one.figures;
    if (smape === null || mase === null || naive2.smape === null || naive2.mase === null) return one;
    const beside = owa({ smape, mase }, { smape: naive2.smape, mase: naive2.mase });
    return { ...one, figures: { ...one.figures, owa: beside } };
  });
}

/** Each metric over the seeds. */
export const meanFigures = (all: readonly Figures[]): Figures => overAll(all, mean);
/** From the least to the most of each metric over the seeds. */
export const spreadFigures = (all: readonly Figures[]): Figures =>
  overAll(all, (values) => Math.max(...values) - Math.min(...values));

function overAll(all: readonly Figures[], join: (values: readonly number[]) => number): Figures {
  const entries = (Object.keys(noFigures) as MetricName[]).map((metric) => {
    const values = all.flatMap((figures) => figures[metric] ?? []);
    return [metric, values.length === all.length && values.length > 0 ? join(values) : null];
  });
  return Object.fromEntries(entries);
}

/**
 * One method on several sets as if they were one: every point weighs alike in sMAPE and coverage, every series in
 * MASE; the jobs ran one after the other. wQL would need the size of the values and is left out.
 */
export function joinSets(set: string, parts: readonly Result[]): Result {
  const weighted = (metric: MetricName, weight: 'points' | 'scaled') =>
    over(
      parts,
      (part) => part.figures[metric],
      (part) => part[weight],
    );
  const known = (metric: MetricName) => {
    const values = parts.flatMap(({ figures }) => figures[metric] ?? []);
    return values.length === parts.length ? values : [];
  };
  const total = (what: 'points' | 'series' | 'scaled') => sum(parts.map((part) => part[what]));
  const [seconds, megabytes] = [known('seconds'), known('megabytes')];
  const [first] = parts;
  if (!first) throw new RangeError('there is at least one set');
  return {
    set,
    kind: first.kind,
    by: first.by,
    points: total('points'),
    series: total('series'),
    scaled: total('scaled'),
    figures: {
      ...noFigures,
      smape: weighted('smape', 'points'),
      mase: weighted('mase', 'scaled'),
      coverage80: weighted('coverage80', 'points'),
      coverage95: weighted('coverage95', 'points'),
      seconds: seconds.length > 0 ? sum(seconds) : null,
      megabytes: megabytes.length > 0 ? Math.max(...megabytes) : null,
    },
  };
}

function over(
  parts: readonly Result[],
  value: (part: Result) => number | null,
  weight: (part: Result) => number,
): number | null {
  const values = parts.map(value);
  if (values.includes(null)) return null;
  return sum(parts.map((part, i) => (values[i] ?? 0) * weight(part))) / sum(parts.map(weight));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
