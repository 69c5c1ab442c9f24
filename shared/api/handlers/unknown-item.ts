import { show } from '../../errors/index.ts';
import { Refusal } from '../problem.ts';

/** Of an item that is asked for among others, beside series. @param path of the field that names it */
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

/** Of an item whose stored observations are asked for: series could not be sent instead. */
export const notStored = (dataset: string, item: string): Refusal =>
  new Refusal(
    'UNKNOWN_ITEM',
    {
      rule: `item must be an item of ${dataset}`,
      received: show(item),
      remedy: 'GET /v1/models/{model}/items lists them',
    },
    { path: 'item' },
  );
