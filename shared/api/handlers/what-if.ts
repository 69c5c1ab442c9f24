import { show } from '../../errors/index.ts';
import type { Assumed } from '../../forecast/index.ts';
import type { OpenModel } from '../../serve/index.ts';
import { refused } from '../problem.ts';
import { refuseKnown } from './columns.ts';

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
