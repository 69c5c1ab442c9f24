import type { Tensor } from '../graph/index.ts';

/** An item's static covariates by name; what is missing is not known. */
export type StaticValues = Readonly<Record<string, number | string | null>>;

/** A static covariate that a graph reads: a number as it is, a category by its value's position. */
export type StaticColumn = { readonly name: string } & (
  | { readonly kind: 'number' }
  | { readonly kind: 'category'; readonly values: readonly string[] }
);

/** The graph's inputs of static covariates for some items, those that there are. */
export function staticTensors(
  columns: readonly StaticColumn[],
  items: readonly StaticValues[],
): Record<string, Tensor> {
  const numbers = columns.filter(({ kind }) => kind === 'number');
  const categories = columns.flatMap((column) => (column.kind === 'category' ? [column] : []));
  const given = (statics: StaticValues, name: string) =>
    Object.hasOwn(statics, name) ? statics[name] : null;
  const number = items.flatMap((statics) =>
    numbers.map(({ name }) => {
      const value = given(statics, name);
      return typeof value === 'number' ? value : Number.NaN;
    }),
  );
  const places = items.flatMap((statics) =>
    categories.map(({ name, values }) => BigInt(values.indexOf(String(given(statics, name) ?? '')))),
  );
  return {
    ...(numbers.length > 0 && {
      static_number: {
        dtype: 'float64',
        shape: [items.length, numbers.length],
        data: Float64Array.from(number),
      },
    }),
    ...(categories.length > 0 && {
      static_category: {
        dtype: 'int64',
        shape: [items.length, categories.length],
        data: BigInt64Array.from(places),
      },
    }),
  };
}
