import { show } from '../../errors/index.ts';
import { Refusal } from '../problem.ts';

/** @param path of the field that names the item */
export const unknownItem = (dataset: string, item: string, path: string): Refusal =>
  new Refusal(
    'UNKNOWN_ITEM',
    {
      rule: `items must be items of ${dataset}`,
      received: show(item),
      remedy: 'mend the name, or send its observations as series',
    },
    { path },
  );
