import { show } from '../../errors/index.ts';
import { PanelError } from '../errors.ts';
import {
  compareNames,
  emptyPanel,
  findItem,
  itemEnd,
  itemFuture,
  itemKnown,
  itemLength,
  itemPast,
  itemStart,
  itemTarget,
  type Panel,
  type StaticCovariate,
} from './panel.ts';

/**
 * The panel without the last `periods` rows of every item, as it was known that many periods earlier. What the
 * known covariates were in those rows becomes the beginning of their future. An item with fewer rows keeps none, and
 * its place.
 */
export function cutLast(panel: Panel, periods: number): Panel {
  if (!(Number.isInteger(periods) && periods >= 0)) {
    throw new PanelError({
      rule: 'the number of periods to cut must be a whole number of at least 0',
      received: show(periods),
      remedy: 'give the horizon',
    });
  }
  const lengths = panel.items.map((_, item) => Math.max(0, itemLength(panel, item) - periods));
  const { names, horizon } = panel.known;
  const cut = emptyPanel({
    ...panel,
    lengths,
    known: names,
    horizon: horizon + periods,
    past: panel.past.names,
  });
  for (const [item, length] of lengths.entries()) {
    itemTarget(cut, item).set(itemTarget(panel, item).subarray(0, length * panel.channels.length));
    itemPast(cut, item).set(itemPast(panel, item).subarray(0, length * panel.past.names.length));
    const known = itemKnown(panel, item);
    const kept = length * names.length;
    itemKnown(cut, item).set(known.subarray(0, kept));
    itemFuture(cut, item).set(known.subarray(kept));
    itemFuture(cut, item).set(itemFuture(panel, item), known.length - kept);
  }
  return cut;
}

/**
 * Both panels in one: every item from its first period in either to its last. Where both have a value the newer
 * one's counts. Items of only one of them stay as they are; known covariates go as far ahead as the farther of both,
 * counted from each item's new end.
 *
 * @throws PanelError where frequency, channels or covariates differ
 */
export function append(panel: Panel, newer: Panel): Panel {
  for (const [what, of] of shapes) {
    const [ours, theirs] = [of(panel), of(newer)].map((value) => JSON.stringify(value));
    if (ours !== theirs) {
      throw new PanelError({
        rule: `panels must have the same ${what} to be put together, here ${ours}`,
        received: String(theirs),
        remedy: 'read both with the same options',
      });
    }
  }
  const items = [...new Set([...panel.items, ...newer.items])].sort(compareNames);
  const parts = items.map((name) =>
    [panel, newer]
      .map((source) => ({ source, item: findItem(source, name) }))
      .filter(({ item }) => item >= 0),
  );
  const start = Float64Array.from(parts, (found) =>
    Math.min(...found.map(({ source, item }) => itemStart(source, item))),
  );
  const end = parts.map((found) => Math.max(...found.map(({ source, item }) => itemEnd(source, item))));
  const all = emptyPanel({
    ...panel,
    items,
    start,
    lengths: end.map((after, i) => after - (start[i] ?? 0)),
    known: panel.known.names,
    horizon: Math.max(panel.known.horizon, newer.known.horizon),
    past: panel.past.names,
    statics: panel.statics.map((_, k) => joinedStatics(panel, newer, k, items)),
  });
  const width = panel.known.names.length;
  for (const [i, found] of parts.entries()) {
    for (const { source, item } of found) {
      const row = itemStart(source, item) - (start[i] ?? 0);
      overlay(itemTarget(all, i), itemTarget(source, item), row * panel.channels.length);
      overlay(itemPast(all, i), itemPast(source, item), row * panel.past.names.length);
      // What was the future then may be past now: rows before the new end, the rest beyond it.
      const known = [itemKnown(source, item), itemFuture(source, item)];
      const values = new Float64Array(known.flatMap((part) => [...part]));
      const room = (itemEnd(all, i) - itemStart(source, item)) * width;
      overlay(itemKnown(all, i), values.subarray(0, room), row * width);
      overlay(itemFuture(all, i), values.subarray(room), 0);
    }
  }
  return all;
}

const shapes: readonly (readonly [what: string, of: (panel: Panel) => unknown])[] = [
  ['frequency', (panel) => panel.frequency],
  ['channels', (panel) => panel.channels],
  ['known covariates', (panel) => panel.known.names],
  ['past covariates', (panel) => panel.past.names],
  ['static covariates', (panel) => panel.statics.map(({ name, kind }) => `${name}: ${kind}`)],
];

/** A static covariate of the items of both, as the newer one has it where it has it. */
function joinedStatics(panel: Panel, newer: Panel, k: number, items: readonly string[]): StaticCovariate {
  const values = items.map((item) => {
    const [late, early] = [newer, panel].map((source) => source.statics[k]?.values[findItem(source, item)]);
    return late ?? early ?? null;
  });
  return { ...panel.statics[k], values } as StaticCovariate;
}

/** Writes what is not missing, as far as there is room. */
function overlay(into: Float64Array, values: Float64Array, at: number): void {
  const size = Math.min(values.length, into.length - at);
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) into[at + i] = value;
  }
}
