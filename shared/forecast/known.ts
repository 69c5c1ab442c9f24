import { show } from '../errors/index.ts';
import { RequestError } from './errors.ts';
import type { ItemHistory } from './forecast.ts';
import type { ModelShape } from './shape.ts';

/**
 * A model with known covariates cannot do without them: a guess would look like a forecast.
 *
 * @param names of the known covariates
 * @param remedy how they can be given here
 * @throws RequestError where one is missing in a period after the end, up to the model's horizon
 */
export function checkKnown(
  { item, history, known = new Float64Array() }: ItemHistory,
  model: ModelShape,
  { names, remedy }: { readonly names: readonly string[]; readonly remedy: string },
): void {
  const rows = history.length / model.channels;
  const ahead = known.subarray(rows * model.known, (rows + model.horizon) * model.known);
  const present = ahead.filter((value) => !Number.isNaN(value)).length;
  if (present === model.horizon * model.known) return;
  throw new RequestError({
    rule: `the known covariates ${names.join(', ')} must be there for ${model.horizon} periods after the end`,
    received: `${present} of ${model.horizon * model.known} values for item ${show(item)}`,
    remedy,
  });
}
