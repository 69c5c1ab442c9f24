import type { ItemHistory } from './forecast.ts';

/** By item and name: values of known covariates after the item's end, `[horizon]`, NaN where nothing is assumed. */
export type Assumed = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;

/** A stored history with what is assumed of the periods after its end in the place of what is stored of them. */
export function assumed(history: ItemHistory, names: readonly string[], all: Assumed): ItemHistory {
  const columns = Object.hasOwn(all, history.item) ? all[history.item] : undefined;
  if (!columns || !history.known) return history;
  const known = history.known.slice(); // [time + horizon, known]
  for (const [name, values] of Object.entries(columns)) {
    const first = known.length - values.length * names.length + names.indexOf(name);
    values.forEach((value, step) => {
      if (!Number.isNaN(value)) known[first + step * names.length] = value;
    });
  }
  return { ...history, known };
}
