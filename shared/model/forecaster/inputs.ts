import {
  abs,
  add,
  cast,
  concat,
  constant,
  cos,
  div,
  expandLike,
  gather,
  isMissing,
  log,
  mod,
  mul,
  not,
  reduceMean,
  sin,
  slice,
  sub,
  transpose,
  unsqueeze,
  type Value,
} from '../../graph/index.ts';
import {
  type FeatureRows,
  knownRow,
  pastRow,
  recentRow,
  seasonOffset,
  seasonRow,
  thetaAhead,
} from './features/index.ts';
import { type ForecasterSettings, leastVariation, type MemberSettings, recentPeriods } from './settings.ts';
import { staticWidth } from './statics.ts';

/** Rows as a member's steps find them. */
export interface SteppedRows {
  /** `[row, series]` each, float32. */
  readonly rows: FeatureRows;
  /** The row of each step's last period. */
  readonly ends: readonly number[];
  /** `[1, series]`, int64: the period index of row 0. */
  readonly origin: Value;
  /** `[staticWidth, series]`, float32: the same at each step. */
  readonly statics?: Value | null;
}

/** What one member's network reads, and how its outputs are to be read: z = base + scale · output. */
export interface StepInputs {
  /** `[step, series, input]`, float32. */
  readonly x: Value;
  /** What a forecast is relative to, the season among it: `[step, series, horizon]`, or `[step, series, 1]` for all. */
  readonly base: Value;
  /** `[step, series, 1]` */
  readonly scale: Value;
}

/** The rows of the steps' ends, the first of them at `first`. */
export const stepEnds = ({ steps, stride }: ForecasterSettings, first: number): readonly number[] =>
  Array.from({ length: steps }, (_, i) => first + stride * i);

/** Rows of `x [row, series]` at positions relative to each step's end: `[step, position, series]`. */
export function rowsAt(x: Value, ends: readonly number[], positions: readonly number[]): Value {
  const places = ends.flatMap((end) => positions.map((position) => end + position));
  return gather(x, constant(places, 'int64', [ends.length, positions.length]), 0);
}

/** Whole numbers from..to. */
export const span = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * The inputs of a member at each step: its deseasonalised window relative to the level, how much that varies, the
 * coming seasonal indices, the Theta forecast, the calendar and the covariates.
 */
export function stepInputs(
  settings: ForecasterSettings,
  member: MemberSettings,
  stepped: SteppedRows,
): StepInputs {
  const { window } = member;
  const { horizon, seasons, unit } = settings;
  const at = (name: string, positions: readonly number[]) =>
    rowsAt(rowOf(stepped, name), stepped.ends, positions);
  const indexAt = (positions: readonly number[]) => seasonAt(settings, stepped, positions);
  const past = span(1 - window, 0);
  const raw = at('value', past);
  const values = seasons.length > 0 ? sub(raw, indexAt(past)) : raw; // [step, window, series]
  const level = slice(values, 1, -1);
  const change = abs(sub(slice(values, 1, 1), slice(values, 1, 0, window - 1)));
  const variation = add(reduceMean(change, [1], true), leastVariation(settings));
  const scale =
    member.scale === 'local'
      ? mul(variation, 3)
      : expandLike(constant([3 * unit], 'float32', [1, 1, 1]), level);
  // Around 0 for usual data, so that the network starts well.
  const usual = settings.transform === 'log' ? 3 : -Math.log(unit);
  const parts = [div(sub(values, level), scale), add(log(variation), usual)];
  const [season = 1] = seasons;
  if (seasons.length > 0) parts.push(div(indexAt(span(1, indicesAhead(season))), 3 * unit));
  if (member.theta) parts.push(div(sub(thetaAt(settings, at), level), scale));
  if (settings.gaps) {
    parts.push(reduceMean(cast(not(isMissing(at('target', past))), 'float32'), [1], true));
  }
  if (settings.calendar.length > 0) parts.push(calendar(settings, stepped));
  for (let k = 0; k < settings.known; k++)
    parts.push(knownAt(settings, (positions) => at(knownRow(k), positions)));
  for (let k = 0; k < settings.past; k++) {
    const recently = at(recentRow(k), [0]);
    parts.push(sub(at(pastRow(k), [0]), recently), recently);
  }
  const { statics, ends } = stepped;
  if (statics)
    parts.push(
      add(
        unsqueeze(statics, 0),
        constant(
          ends.map(() => 0),
          'float32',
          [ends.length, 1, 1],
        ),
      ),
    );
  const bySeries = (value: Value) => transpose(value, [0, 2, 1]);
  return {
    x: bySeries(concat(parts, 1)),
    base: bySeries(seasons.length > 0 ? add(level, indexAt(span(1, horizon))) : level),
    scale: bySeries(scale),
  };
}

/** Coming seasonal indices that a network reads: a season's, or of a long one the first. */
const indicesAhead = (season: number): number => Math.min(season, 168);

/** How many numbers a member's network reads at each step. */
export function inputWidth(settings: ForecasterSettings, { window, theta }: MemberSettings): number {
  const { horizon, seasons, gaps, calendar: cycles, known, past } = settings;
  const season = indicesAhead(seasons[0] ?? 0);
  const covariates = known * (horizon + 1) + 2 * past + staticWidth(settings);
  return window + 1 + season + (theta ? horizon : 0) + (gaps ? 1 : 0) + 4 * cycles.length + covariates;
}

function rowOf({ rows }: SteppedRows, name: string): Value {
  const row = rows[name];
  if (!row) throw new TypeError(`the forecaster has no row ${name}`);
  return row;
}

/** The seasonal index of periods relative to each step's end, as it was known there: `[step, position, series]`. */
export function seasonAt(
  { seasons }: ForecasterSettings,
  stepped: SteppedRows,
  positions: readonly number[],
): Value {
  const parts = seasons.map((season, i) => {
    const at = (part: 'ratio' | 'center' | 'shrink', offsets: readonly number[]) =>
      rowsAt(rowOf(stepped, seasonRow(i, part)), stepped.ends, offsets);
    const ratios = at(
      'ratio',
      positions.map((position) => seasonOffset(season, position)),
    );
    return mul(at('shrink', [0]), sub(ratios, at('center', [0])));
  });
  return parts.reduce((sum, part) => add(sum, part));
}

/** The Theta forecast over the horizon in z, without season: `[step, horizon, series]`. */
export function thetaAt(
  { horizon, transform }: ForecasterSettings,
  at: (name: string, positions: readonly number[]) => Value,
): Value {
  const rows = { level: at('thetaLevel', [0]), slope: at('thetaSlope', [0]), reach: at('thetaReach', [0]) };
  return add(
    thetaAhead(rows, constant(span(1, horizon), 'float32', [horizon, 1]), transform),
    at('thetaBase', [0]),
  );
}

/** Two harmonics of each cycle at the first period ahead of each step, `[step, 4·cycle, series]`. */
function calendar({ calendar: cycles }: ForecasterSettings, { ends, origin }: SteppedRows): Value {
  const ahead = constant(
    ends.map((end) => end + 1),
    'int64',
    [ends.length, 1],
  );
  const period = add(ahead, origin); // [step, series]
  const waves = cycles.flatMap((cycle) => {
    const phase = mul(cast(mod(period, cycle), 'float32'), (2 * Math.PI) / cycle);
    return [sin(phase), cos(phase), sin(mul(phase, 2)), cos(mul(phase, 2))];
  });
  return concat(
    waves.map((wave) => unsqueeze(wave, 1)),
    1,
  );
}

/** A known covariate over the horizon relative to its recent mean, and that mean: `[step, horizon + 1, series]`. */
function knownAt({ horizon }: ForecasterSettings, at: (positions: readonly number[]) => Value): Value {
  const now = reduceMean(at(span(1 - recentPeriods, 0)), [1], true);
  return concat([sub(at(span(1, horizon)), now), now], 1);
}
