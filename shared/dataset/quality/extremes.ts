import { printPeriod } from '../../frequency/index.ts';
import { medianInPlace } from '../median.ts';
import { itemStart, itemTarget, type Panel } from '../panel/panel.ts';

/** Something that stands out, how often, and where most. */
export interface Finding {
  readonly count: number;
  readonly item: string;
  readonly channel: string;
  readonly period: string;
}

/** Deviations, scaled to a normal distribution's standard deviation, from which on a value is an outlier. */
const farOut = 10;
/** A level has shifted where the medians of two stretches side by side differ by so many deviations within them. */
const shifted = 5;
/** A median absolute deviation times this is a standard deviation, of a normal distribution. */
const toDeviation = 1.4826;
/** Of large tables so many values are looked at: what is wrong with all of them shows. */
const mostValues = 500_000;
/** Values of a stretch at least. */
const shortest = 10;

interface Candidate {
  readonly score: number;
  readonly row: number;
}

/** Values far from their item's median, by the median absolute deviation; null where there are none. */
export const outliersOf = (panel: Panel): Finding | null =>
  search(panel, (values) => {
    const present = presentOf(values);
    if (present.length < shortest) return [];
    const { middle, deviation } = spread(present);
    if (deviation === 0) return [];
    const candidates: Candidate[] = [];
    for (let row = 0; row < values.length; row++) {
      const score = Math.abs((values[row] as number) - middle) / deviation;
      if (score > farOut) candidates.push({ score, row });
    }
    return candidates;
  });

/**
 * Items whose level has moved for good: one place for each, where the medians before and after differ most.
 *
 * @param season periods per cycle: a stretch has two of them, so that a cycle is no shift
 */
export const levelShiftsOf = (panel: Panel, season: number): Finding | null =>
  search(panel, (values) => {
    const length = Math.max(shortest, 2 * season);
    const candidates: Candidate[] = [];
    const stretches = new Map<number, Spread | null>();
    // Most stretches are looked at twice: after one row, and before another.
    const stretchFrom = (row: number): Spread | null => {
      const known = stretches.get(row);
      if (known !== undefined) return known;
      const present = presentOf(values.subarray(row, row + length));
      const found = present.length < length / 2 ? null : spread(present);
      stretches.set(row, found);
      return found;
    };
    for (let row = length; row + length <= values.length; row += Math.max(1, Math.floor(length / 4))) {
      const [left, right] = [stretchFrom(row - length), stretchFrom(row)];
      if (!left || !right) continue;
      const noise = Math.max(left.deviation, right.deviation);
      const score = noise > 0 ? Math.abs(right.middle - left.middle) / noise : 0;
      if (score > shifted) candidates.push({ score, row });
    }
    return candidates.length > 0 ? [most(candidates)] : [];
  });

interface Spread {
  readonly middle: number;
  readonly deviation: number;
}

/** @param values none of them missing; they are lost */
function spread(values: Float64Array): Spread {
  const middle = medianInPlace(values);
  for (let i = 0; i < values.length; i++) values[i] = Math.abs((values[i] as number) - middle);
  return { middle, deviation: toDeviation * medianInPlace(values) };
}

/** The values that are not missing. */
function presentOf(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

const most = (candidates: readonly Candidate[]): Candidate =>
  candidates.reduce((a, b) => (b.score > a.score ? b : a));

/** Looks at each channel of each item; what is found there is counted, and the most striking is named. */
function search(panel: Panel, find: (values: Float64Array) => readonly Candidate[]): Finding | null {
  let [count, looked] = [0, 0];
  let best: (Finding & Candidate) | null = null;
  for (const [i, item] of panel.items.entries()) {
    const target = itemTarget(panel, i);
    if (looked > mostValues) break;
    looked += target.length;
    for (const [c, channel] of panel.channels.entries()) {
      const width = panel.channels.length;
      const values = new Float64Array(target.length / width);
      for (let row = 0; row < values.length; row++) values[row] = target[row * width + c] as number;
      const found = find(values);
      count += found.length;
      if (found.length === 0) continue;
      const { score, row } = most(found);
      if (best && best.score >= score) continue;
      const period = printPeriod(panel.frequency, itemStart(panel, i) + row);
      best = { count, item, channel, period, score, row };
    }
  }
  return best && { count, item: best.item, channel: best.channel, period: best.period };
}
