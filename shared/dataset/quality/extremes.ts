import { printPeriod } from '../../frequency/index.ts';
import { median } from '../median.ts';
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
    const present = values.filter((value) => !Number.isNaN(value));
    if (present.length < shortest) return [];
    const { middle, deviation } = spread(present);
    if (deviation === 0) return [];
    return values.flatMap((value, row) => {
      const score = Math.abs(value - middle) / deviation;
      return score > farOut ? [{ score, row }] : [];
    });
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
      const present = values.slice(row, row + length).filter((value) => !Number.isNaN(value));
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

function spread(values: readonly number[]): Spread {
  const middle = median(values);
  return { middle, deviation: toDeviation * median(values.map((value) => Math.abs(value - middle))) };
}

const most = (candidates: readonly Candidate[]): Candidate =>
  candidates.reduce((a, b) => (b.score > a.score ? b : a));

/** Looks at each channel of each item; what is found there is counted, and the most striking is named. */
function search(panel: Panel, find: (values: readonly number[]) => readonly Candidate[]): Finding | null {
  let [count, looked] = [0, 0];
  let best: (Finding & Candidate) | null = null;
  for (const [i, item] of panel.items.entries()) {
    const target = itemTarget(panel, i);
    if (looked > mostValues) break;
    looked += target.length;
    for (const [c, channel] of panel.channels.entries()) {
      const width = panel.channels.length;
      const values = Array.from(
        { length: target.length / width },
        (_, row) => target[row * width + c] as number,
      );
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
