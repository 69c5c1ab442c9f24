import { show } from '../../errors/index.ts';
import type { ItemHistory, OpenModel } from '../../serve/index.ts';
import { refused } from '../problem.ts';
import { refuseKnown } from './columns.ts';

/** By item and name: values of known covariates after the item's end, `[horizon]`, NaN where nothing is assumed. */
export type Assumed = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;

/** @throws Refusal for items that are not asked for, covariates that the model does not have, lists of another length */
export function checkAssumed(
  { description: { covariates }, shape: { horizon } }: OpenModel,
  known: Assumed,
  items: readonly string[],
): void {
  for (const [item, columns] of Object.entries(known)) {
    const path = `known.${item}`;
    if (!items.includes(item)) {
      throw refused(path, {
        rule: 'known may name items that the request asks for',
        received: show(item),
        remedy: 'add it to items; a series of the request has its own `known`',
      });
    }
    if (covariates.known.length === 0) refuseKnown(columns, path);
    for (const [name, values] of Object.entries(columns)) {
      if (!covariates.known.includes(name)) {
        throw refused(`${path}.${name}`, {
          rule: `the model's known covariates are ${covariates.known.join(', ')}`,
          received: show(name),
          remedy: 'name those',
        });
      }
      if (values.length === horizon) continue;
      throw refused(`${path}.${name}`, {
        rule: `${name} must have ${horizon} values, one for each period of the model's horizon`,
        received: String(values.length),
        remedy: 'write null where the stored value stands',
      });
    }
  }
}

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
