import {
  cast,
  clip,
  concat,
  constant,
  div,
  equal,
  input,
  isMissing,
  type Scope,
  slice,
  sub,
  transpose,
  type Value,
  where,
} from '../../graph/index.ts';
import type { ForecasterSettings, StaticFeature } from './settings.ts';

/** The graph's inputs of static covariates, those that there are. */
export interface StaticInputs {
  /** `static_number` `[batch, number]`, float64, NaN where not known. */
  readonly numbers: Value | null;
  /** `static_category` `[batch, category]`, int64: a value's position, any other number where it is not known. */
  readonly categories: Value | null;
}

export function staticInputs(scope: Scope, { statics }: ForecasterSettings): StaticInputs {
  const count = (kind: StaticFeature['kind']) => statics.filter((one) => one.kind === kind).length;
  const [numbers, categories] = [count('number'), count('category')];
  return {
    numbers: numbers > 0 ? input(scope, 'static_number', 'float64', ['batch', numbers]) : null,
    categories: categories > 0 ? input(scope, 'static_category', 'int64', ['batch', categories]) : null,
  };
}

/** Those that there are, as a graph lists its inputs. */
export const listedStatics = ({ numbers, categories }: StaticInputs): readonly Value[] => [
  ...(numbers ? [numbers] : []),
  ...(categories ? [categories] : []),
];

/** How many numbers the static covariates are to a network. */
export const staticWidth = ({ statics }: Pick<ForecasterSettings, 'statics'>): number =>
  statics.reduce((sum, one) => sum + (one.kind === 'number' ? 1 : one.values.length), 0);

/**
 * Numbers by their mean and deviation over the items, at most five deviations away; a category as a one for its value
 * among zeros. What is not known is 0.
 *
 * @returns `[staticWidth, batch]`, float32; null where there are none
 */
export function encodeStatics(
  { statics }: ForecasterSettings,
  { numbers, categories }: StaticInputs,
): Value | null {
  const parts: Value[] = [];
  const known = statics.flatMap((one) => (one.kind === 'number' ? [one] : []));
  if (numbers) {
    const row = (of: (one: (typeof known)[number]) => number) =>
      constant(known.map(of), 'float64', [1, known.length]);
    const standard = div(
      sub(
        numbers,
        row(({ mean }) => mean),
      ),
      row(({ deviation }) => deviation),
    );
    parts.push(cast(clip(where(isMissing(standard), 0, standard), -5, 5), 'float32'));
  }
  if (categories) {
    const sizes = statics.flatMap((one) => (one.kind === 'category' ? [one.values.length] : []));
    sizes.forEach((size, k) => {
      const places = constant(
        Array.from({ length: size }, (_, i) => i),
        'int64',
        [1, size],
      );
      parts.push(cast(equal(slice(categories, 1, k, k + 1), places), 'float32'));
    });
  }
  return parts.length > 0 ? transpose(concat(parts, 1), [1, 0]) : null;
}
