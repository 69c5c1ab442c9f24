import { ConfigurationError, show } from '../../errors/index.ts';
import type { Random } from '../../random/index.ts';
import { itemLength, type Panel } from './panel.ts';

/** Which periods may be origins. An origin is the last observed period of a window. */
export interface WindowRules {
  /** Rows that an item has up to and including its first origin, at least 1. */
  readonly first: number;
  /** Periods from one origin of an item to the next. They are counted back from the last: the newest is always one. */
  readonly stride: number;
  /** Rows after an origin that must be there, at least 0. */
  readonly horizon: number;
}

/** A window: an item, and its row that is the last observed one. */
export interface Window {
  readonly item: number;
  readonly origin: number;
}

/** All windows of a panel, numbered item by item and in each from the oldest; none of them is built. */
export interface Windows {
  readonly total: number;
  /** The k-th window, 0 ≤ k < total, by binary search. */
  at(k: number): Window;
}

/** How many origins an item with so many rows has. */
export function countOrigins(length: number, { first, stride, horizon }: WindowRules): number {
  return Math.max(0, Math.floor((length - horizon - first) / stride) + 1);
}

/** @throws ConfigurationError where a rule is out of its range */
export function windowsOf(panel: Panel, rules: WindowRules): Windows {
  checkRules(rules);
  const cumulative = new Float64Array(panel.items.length + 1);
  for (let item = 0; item < panel.items.length; item++) {
    cumulative[item + 1] = (cumulative[item] ?? 0) + countOrigins(itemLength(panel, item), rules);
  }
  const total = cumulative[panel.items.length] ?? 0;
  return {
    total,
    at(k) {
      if (!(Number.isInteger(k) && k >= 0 && k < total)) {
        throw new ConfigurationError({
          rule: `a window's number must be 0..${total - 1}`,
          received: show(k),
          remedy: 'draw it below the total',
        });
      }
      const item = lastAtMost(cumulative, k);
      const after = (cumulative[item + 1] ?? 0) - 1 - k; // windows of the item that are newer
      return { item, origin: itemLength(panel, item) - 1 - rules.horizon - after * rules.stride };
    },
  };
}

/** A window drawn uniformly from all. @throws ConfigurationError where there is none */
export function drawWindow({ total, at }: Windows, random: Random): Window {
  if (total === 0) {
    throw new ConfigurationError({
      rule: 'there must be at least one window',
      received: show(total),
      remedy: 'give longer items, or a shorter context and horizon',
    });
  }
  return at(Math.floor(random.uniform() * total));
}

/** The last position whose value is at most k; items without windows are skipped since they repeat a value. */
function lastAtMost(rising: Float64Array, k: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) <= k) low = middle;
    else high = middle;
  }
  return low;
}

function checkRules(rules: WindowRules): void {
  for (const [name, least] of [
    ['first', 1],
    ['stride', 1],
    ['horizon', 0],
  ] as const) {
    if (Number.isInteger(rules[name]) && rules[name] >= least) continue;
    throw new ConfigurationError({
      rule: `${name} must be a whole number of at least ${least}`,
      received: show(rules[name]),
      remedy: `give for example ${Math.max(1, least)}`,
    });
  }
}
