import {
  abs,
  add,
  and,
  asinh,
  cast,
  clip,
  constant,
  div,
  exp,
  floor,
  gatherElements,
  greater,
  isMissing,
  log,
  max,
  mul,
  not,
  reduceMax,
  reduceMin,
  reduceSum,
  sinh,
  slice,
  sort,
  sub,
  type Value,
  where,
} from '../../../graph/index.ts';
import type { Transform } from '../settings.ts';

/** A series as the network meets it, and the way back. */
export interface Transformed {
  /** `[time, series]`, float64, NaN where missing, around 0 at the end of the context. */
  readonly z: Value;
  /** From z to the data's units; `z [1, series]`, or with more axes in front. */
  back(z: Value): Value;
  /** Values in the data's units, kept from falling below zero where the series never did; `[…, series]`. */
  allowed(y: Value): Value;
}

/** What an exponent may reach on the way back: beyond it only a network that knows nothing gets. */
const within = (z: Value): Value => clip(z, -80, 80);

/**
 * Changes series so that one network fits them all. What it takes from a series (a centre, a scale) is taken from its
 * context and is no parameter, so that a series on another scale gets the same z; on another level too, but for `log`,
 * whose model is multiplicative.
 *
 * - `identity`: (y − last) / mean|Δy|
 * - `log`: ln y − ln last, of max(y, 0.02·mean|y|) where a series is not positive
 * - `asinh`: asinh((y − median) / max(1.4826·MAD, ½·mean|Δy|)), for heavy tails of either sign
 *
 * @param raw `[context + later, series]`, float64, NaN where missing
 * @param context rows that centre and scale are taken from; the later ones are only changed
 */
export function transformSeries(kind: Transform, raw: Value, context: number): Transformed {
  const past = slice(raw, 0, 0, context);
  const present = not(isMissing(past));
  const transformed = kinds[kind](raw, past, present);
  const lowest = reduceMin(where(present, past, Number.POSITIVE_INFINITY), [0], true);
  const positive = not(greater(0, lowest)); // never below zero so far: then not in future
  const allowed = (y: Value) => where(and(positive, greater(0, y)), 0, y);
  return { z: transformed.z, back: (z) => allowed(transformed.back(z)), allowed };
}

/** The least number that a logarithm is taken of. */
const tiny = 1e-300;

const kinds: Readonly<
  Record<Transform, (raw: Value, past: Value, present: Value) => Pick<Transformed, 'z' | 'back'>>
> = {
  identity(raw, past, present) {
    const centre = lastOf(past, present);
    const scale = notZero(meanChange(past, present), meanSize(past, present));
    return { z: div(sub(raw, centre), scale), back: (z) => add(mul(z, scale), centre) };
  },
  log(raw, past, present) {
    const size = meanSize(past, present);
    const lowest = reduceMin(where(present, past, Number.POSITIVE_INFINITY), [0], true);
    // A series of zeros stays one, whatever the others' units.
    const least = max(mul(size, 0.02), tiny);
    const raise = (y: Value) => where(greater(lowest, 0), max(y, tiny), max(y, least));
    const centre = log(raise(lastOf(past, present)));
    const z = sub(log(raise(raw)), centre);
    return { z: where(isMissing(raw), Number.NaN, z), back: (value) => exp(add(within(value), centre)) };
  },
  asinh(raw, past, present) {
    const centre = medianOf(past, present);
    const deviation = mul(medianOf(abs(sub(past, centre)), present), 1.4826);
    const scale = notZero(max(deviation, mul(meanChange(past, present), 0.5)), meanSize(past, present));
    return {
      z: asinh(div(sub(raw, centre), scale)),
      back: (z) => add(mul(sinh(within(z)), scale), centre),
    };
  },
};

const countOf = (present: Value): Value => max(reduceSum(cast(present, 'float64'), [0], true), 1);

/** The mean absolute value, `[1, series]`. */
const meanSize = (past: Value, present: Value): Value =>
  div(reduceSum(abs(where(present, past, 0)), [0], true), countOf(present));

/** A series that does not move, or hardly more than double precision tells, is measured by a thousandth of its size. */
function notZero(scale: Value, size: Value): Value {
  const instead = where(greater(size, 0), mul(size, 1e-3), 1);
  return where(greater(scale, mul(size, 1e-13)), scale, instead);
}

/** The last observed value, `[1, series]`; 0 where all are missing. */
function lastOf(past: Value, present: Value): Value {
  const length = Number(past.shape[0]);
  const rows = constant(
    Array.from({ length }, (_, i) => i),
    'float64',
    [length, 1],
  );
  const last = cast(reduceMax(where(present, rows, 0), [0], true), 'int64');
  return where(greater(countObserved(present), 0), gatherElements(past, last, 0), 0);
}

const countObserved = (present: Value): Value => reduceSum(cast(present, 'float64'), [0], true);

/** The mean absolute change between neighbours that were both observed, `[1, series]`. */
function meanChange(past: Value, present: Value): Value {
  const length = Number(past.shape[0]);
  const both = and(slice(present, 0, 1), slice(present, 0, 0, length - 1));
  const change = where(both, abs(sub(slice(past, 0, 1), slice(past, 0, 0, length - 1))), 0);
  return div(reduceSum(change, [0], true), countOf(both));
}

/** The median of what was observed, `[1, series]`; 0 where all are missing. */
function medianOf(past: Value, present: Value): Value {
  const sorted = sort(where(present, past, Number.POSITIVE_INFINITY), 0);
  const count = countObserved(present);
  const at = (place: Value) => gatherElements(sorted, cast(max(floor(place), 0), 'int64'), 0);
  const middle = mul(add(at(div(sub(count, 1), 2)), at(div(count, 2))), 0.5);
  return where(greater(count, 0), middle, 0);
}
