import {
  abs,
  add,
  cast,
  clip,
  concat,
  constant,
  cos,
  div,
  expandLike,
  gather,
  isMissing,
  log,
  max,
  mod,
  mul,
  not,
  reduceMean,
  reduceSum,
  reshape,
  sin,
  slice,
  sqrt,
  square,
  sub,
  transpose,
  unsqueeze,
  type Value,
  where,
} from '../../graph/index.ts';
import type { Context } from './context.ts';
import { contextLength, type ForecasterSettings, type MemberSettings } from './settings.ts';

/** What one member's network reads, and how its outputs are to be read. */
export interface StepInputs {
  /** `[step, series, input]`, float32. */
  readonly x: Value;
  /** The normalised value at each step's last period, `[step, series]`. */
  readonly level: Value;
  /** What the network's outputs are multiplied by, `[step, series]`. */
  readonly scale: Value;
}

/** The last period of each step, as a position in the context. */
export function stepEnds(settings: ForecasterSettings): readonly number[] {
  const last = contextLength(settings) - 1;
  return Array.from({ length: settings.steps }, (_, i) => last - settings.stride * (settings.steps - 1 - i));
}

/** Positions `from..to` relative to each step's end, one list after the other. */
const around = (ends: readonly number[], from: number, to: number): number[] =>
  ends.flatMap((end) => Array.from({ length: to - from + 1 }, (_, i) => end + from + i));

/** Rows of `x [length, series]` around each step's end: `[step, series, to − from + 1]`. */
export function rowsAround(x: Value, ends: readonly number[], from: number, to: number): Value {
  const rows = gather(x, around(ends, from, to), 0); // [step·rows, series]
  const apart = reshape(rows, [ends.length, to - from + 1, x.shape[1] ?? 'series']);
  return transpose(apart, [0, 2, 1]);
}

/**
 * The inputs of a member at each step: its window relative to the level, how much it varies, how much of it was
 * observed, the calendar, and the known covariates.
 *
 * @param start `[batch]`, int64: the period index of the context's first period
 * @param known `[length + horizon, batch, known]`, float64, or null
 */
export function stepInputs(
  settings: ForecasterSettings,
  member: MemberSettings,
  context: Context,
  start: Value,
  known: Value | null,
): StepInputs {
  const ends = stepEnds(settings);
  const { window } = member;
  const values = rowsAround(context.values, ends, 1 - window, 0); // [step, series, window]
  const level = slice(values, 2, -1); // [step, series, 1]
  const change = abs(sub(slice(values, 2, 1), slice(values, 2, 0, window - 1)));
  const variation = reduceMean(change, [2], true);
  // The whole context varies by 1 on average; a tenth of that keeps a still window from dividing by zero.
  const local = mul(add(variation, 0.1), 3);
  const scale = member.scale === 'local' ? local : expandLike(constant([3], 'float32', [1, 1, 1]), local);
  const seen = reduceMean(rowsAround(context.observed, ends, 1 - window, 0), [2], true);
  const own = [div(sub(values, level), scale), log(add(variation, 0.005)), seen];
  const shared = [
    ...(settings.seasons.length > 0 ? [calendar(settings, start, ends)] : []),
    ...(known ? [knownInputs(settings, known, ends)] : []),
  ];
  return {
    x: concat([...own, ...shared.map((value) => perSeries(settings, value))], 2),
    level: reshape(level, [ends.length, 'series']),
    scale: reshape(scale, [ends.length, 'series']),
  };
}

/** How many numbers a member's network reads at each step. */
export function inputWidth(settings: ForecasterSettings, { window }: MemberSettings): number {
  return window + 2 + 4 * settings.seasons.length + settings.known * (settings.horizon + 1);
}

/** `[step, batch, feature]` → `[step, series, feature]`: each channel of an item gets the item's features. */
function perSeries({ channels }: ForecasterSettings, value: Value): Value {
  const [steps = 1, batch = 'batch', width = 1] = value.shape;
  const each = unsqueeze(value, 2); // [step, batch, 1, feature]
  const repeated = mul(each, constant(Array(channels).fill(1), 'float32', [1, 1, channels, 1]));
  return reshape(reshape(repeated, [steps, batch, channels, width]), [steps, 'series', width]);
}

/** Two harmonics of each season at the first period ahead of each step, `[step, batch, 4·season]`. */
function calendar({ seasons }: ForecasterSettings, start: Value, ends: readonly number[]): Value {
  const ahead = constant(
    ends.map((end) => end + 1),
    'int64',
    [ends.length, 1],
  );
  const period = add(ahead, unsqueeze(start, 0)); // [step, batch]
  const waves = seasons.flatMap((season) => {
    const phase = mul(cast(mod(period, season), 'float32'), (2 * Math.PI) / season);
    return [sin(phase), cos(phase), sin(mul(phase, 2)), cos(mul(phase, 2))];
  });
  const none = constant([], 'float32', [ends.length, 1, 0]);
  return waves.length === 0
    ? expandLike(none, none)
    : concat(
        waves.map((wave) => unsqueeze(wave, 2)),
        2,
      );
}

/** Periods whose mean a covariate's coming values are compared with. */
const recent = 24;

/**
 * The known covariates over the horizon of each step, standardised by the context and relative to their recent
 * mean, and that mean: `[step, batch, known·(horizon + 1)]`.
 */
function knownInputs({ horizon }: ForecasterSettings, known: Value, ends: readonly number[]): Value {
  const [length = 1, batch = 'batch', count = 1] = known.shape;
  const flat = reshape(known, [length, `${batch}·known`]);
  const past = slice(flat, 0, 0, Number(length) - horizon);
  const present = cast(not(isMissing(past)), 'float64');
  const number = max(reduceSum(present, [0], true), 1);
  const mean = div(reduceSum(where(isMissing(past), 0, past), [0], true), number);
  const apart = where(isMissing(past), 0, sub(past, mean));
  const deviation = sqrt(div(reduceSum(square(apart), [0], true), number));
  const tiny = add(mul(abs(mean), 1e-9), 1e-30);
  const standard = clip(div(sub(flat, mean), max(deviation, tiny)), -5, 5);
  const filled = cast(where(isMissing(flat), 0, standard), 'float32');
  const before = Math.min(recent, (ends[0] ?? 0) + 1);
  const now = reduceMean(rowsAround(filled, ends, 1 - before, 0), [2], true); // [step, batch·known, 1]
  const coming = sub(rowsAround(filled, ends, 1, horizon), now);
  const both = concat([coming, now], 2); // [step, batch·known, horizon + 1]
  return reshape(both, [ends.length, batch, Number(count) * (horizon + 1)]);
}
