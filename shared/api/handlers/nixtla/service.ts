import { readCurrent, readDescription } from '../../../bundle/index.ts';
import { keys, type ObjectStore } from '../../../store/index.ts';
import type { Grant } from '../../access/access.ts';
import { unknownModel } from '../forecast.ts';
import { listModels } from '../models.ts';
import { checkFrequency } from './frequency.ts';

/** The names of all models that a grant covers: the client knows no pages. */
export async function modelNames(store: ObjectStore, grant: Grant) {
  const names: { name: string }[] = [];
  for (let after: string | undefined; ; ) {
    const { models, next } = await listModels(store, grant, { limit: 100, after });
    names.push(...models.map(({ model }) => ({ name: model })));
    if (next === null) return { models: names };
    after = next;
  }
}

/** @throws Refusal where no version serves, or for another frequency than the model's */
export async function modelParameters(store: ObjectStore, model: string, freq: string) {
  const current = await readCurrent(store, model);
  if (!current) throw unknownModel(model);
  const { frequency, context, horizon } = await readDescription(store, keys.model(model, current.version));
  checkFrequency(frequency, freq);
  return { detail: { input_size: context, horizon } };
}
