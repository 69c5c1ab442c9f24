import { openSession, type Session, type Tensor } from '../../shared/graph/index.ts';
import {
  drawParameters,
  exportForecaster,
  type ForecasterSettings,
  type MemberSettings,
  memberLayout,
  type Stretch,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';

const member = (options: Partial<MemberSettings>): MemberSettings => ({
  ...{ cell: 'lstm', units: 4, window: 4, scale: 'local', theta: false, weighting: 0, seed: 1 },
  ...options,
});

/** One member of each cell, two on the local scale and two on the global one, two with the Theta forecast. */
export const tinySettings = (options: Partial<ForecasterSettings> = {}): ForecasterSettings => ({
  horizon: 3,
  channels: 1,
  joint: false,
  known: 0,
  past: 0,
  statics: [],
  integers: false,
  transform: 'identity',
  unit: 1,
  seasons: [7],
  calendar: [7],
  gaps: true,
  context: 40,
  levels: [0.1, 0.5, 0.9],
  stride: 2,
  steps: 4,
  first: 3,
  mixture: null,
  members: [
    member({ cell: 'lstm', scale: 'local', seed: 1 }),
    member({ cell: 'gru', scale: 'global', theta: true, seed: 2 }),
    member({ cell: 'dual', scale: 'local', theta: true, seed: 3 }),
    member({ cell: 'elman', scale: 'global', seed: 4 }),
  ],
  ...options,
});

/** Parameters as far from their start as training may move them, so that all parts of the graph matter. */
export function movedParameters(settings: ForecasterSettings): Float32Array[] {
  return settings.members.map((one) => {
    const random = createRandom(one.seed + 100);
    return drawParameters(memberLayout(settings, one), one.seed).map(
      (number) => number + 0.3 * random.normal(),
    );
  });
}

/** The forecaster with moved parameters and quantiles stretched by calibration. */
export async function openForecaster(
  settings: ForecasterSettings,
  parameters: readonly Float32Array[] = movedParameters(settings),
  stretch: Stretch = [1.3, 1, 0.7],
): Promise<Session> {
  return openSession(await exportForecaster([{ settings, parameters }], stretch, {}));
}

/** Rows of an item, channels side by side. */
export type Rows = readonly (readonly number[])[];

/** One channel. */
export const column = (values: readonly number[]): Rows => values.map((value) => [value]);

export interface Covariates {
  readonly known?: readonly Rows[] | undefined;
  readonly past?: readonly Rows[] | undefined;
  /** The graph's inputs of static covariates. */
  readonly statics?: Readonly<Record<string, Tensor>> | undefined;
}

/** Items of the same length as the contract wants them. */
export function feedsOf(
  items: readonly Rows[],
  starts: readonly number[],
  { known, past, statics }: Covariates = {},
): Record<string, Tensor> {
  const stacked = (all: readonly Rows[]): Tensor => ({
    dtype: 'float64',
    shape: [all.length, all[0]?.length ?? 0, all[0]?.[0]?.length ?? 0],
    data: Float64Array.from(all.flat(2)),
  });
  return {
    history: stacked(items),
    start: {
      dtype: 'int64',
      shape: [items.length],
      data: BigInt64Array.from(starts, (start) => BigInt(start)),
    },
    ...(known && { known: stacked(known) }),
    ...(past && { past: stacked(past) }),
    ...statics,
  };
}

export interface Answer {
  /** `[batch, horizon, target, level]` */
  readonly quantiles: Float64Array;
  /** `[batch, horizon, target]` */
  readonly mean: Float64Array;
}

export async function ask(
  session: Session,
  items: readonly Rows[],
  { starts = items.map(() => 0), ...covariates }: { starts?: readonly number[] } & Covariates = {},
): Promise<Answer> {
  const { quantiles, mean } = await session.run(feedsOf(items, starts, covariates));
  if (!quantiles || !mean) throw new TypeError('a forecaster has quantiles and a mean');
  return { quantiles: quantiles.data as Float64Array, mean: mean.data as Float64Array };
}

/** A season of seven around 100 with noise. */
export function seasonal(length: number, seed = 1): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, (_, t) => 100 + 20 * Math.sin((2 * Math.PI * t) / 7) + 5 * random.normal());
}

/** The largest distance between two answers, in units of the second one's widest interval. */
export function distance(found: Answer, expected: Answer): number {
  const levels = expected.quantiles.length / expected.mean.length;
  let spread = 0;
  for (let i = 0; i < expected.quantiles.length; i += levels) {
    const low = expected.quantiles[i] ?? Number.NaN;
    spread = Math.max(spread, (expected.quantiles[i + levels - 1] ?? Number.NaN) - low);
  }
  const furthest = (a: Float64Array, b: Float64Array): number =>
    a.length === b.length
      ? a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0)
      : Number.POSITIVE_INFINITY;
  const both = [furthest(found.quantiles, expected.quantiles), furthest(found.mean, expected.mean)];
  return Math.max(...both) / spread;
}
