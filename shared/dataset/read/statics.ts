import { show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import type { StaticCovariate } from '../panel/panel.ts';
import type { Series } from './grouping.ts';
import { type Chosen, isSecondName, listOf, type RoleOptions, type Roles } from './roles.ts';
import { itemSql, presentSql, scanned } from './series.ts';
import type { Session } from './session.ts';
import { scan } from './source.ts';
import type { Table } from './table.ts';

/** The roles once more is known, and the values of the static ones. */
export interface Statics {
  readonly roles: Roles;
  readonly statics: readonly StaticCovariate[];
}

interface Reading {
  readonly roles: Roles;
  /** Of `Series.values`. */
  readonly numbers: readonly string[];
  readonly options: RoleOptions;
}

type Values = StaticCovariate['values'];

/**
 * Which columns describe items as a whole: those that are told, and in a table with several items the past covariates
 * and columns of text that never change within an item, but are not alike in all of them; also the columns that name
 * an item together. A text that every item has
 * of its own is another name of it.
 *
 * @throws DataError where a column that is told changes within an item
 */
export async function findStatics(
  session: Session,
  table: Table,
  series: readonly Series[],
  { roles, numbers, options }: Reading,
): Promise<Statics> {
  const item = listOf(roles.item.column);
  const isLong = item.length > 0 && series.length > 1;
  // What names an item together with others may be shared with some of them.
  const parts = new Set(item.length > 1 && isLong ? item : []);
  const told = new Set(roles.static);
  const numeric = numbers.filter(
    (name) => told.has(name) || (isLong && roles.past.includes(name) && !options.past?.includes(name)),
  );
  const texts = table.columns
    .map(({ name, kind }) => ({ name, isText: kind === 'text' }))
    .filter(({ name }) => !numbers.includes(name))
    .filter(
      ({ name, isText }) =>
        told.has(name) || parts.has(name) || (isLong && isText && isFree(name, roles, options)),
    )
    .map(({ name }) => name);
  const words = await constantWords(session, table, series, item, texts);
  const found = new Map<string, StaticCovariate>();
  const ignored = new Map<string, string>();
  for (const name of numeric) {
    const values = constantNumbers(series, numbers.indexOf(name));
    if (told.has(name)) refuseChanging(name, series, values);
    if (told.has(name) || (values.every(isConstant) && distinct(values) > 1)) {
      found.set(name, { name, kind: 'number', values: values as readonly (number | null)[] });
    }
  }
  for (const name of texts) {
    const values = words.get(name) ?? [];
    if (told.has(name)) refuseChanging(name, series, values);
    else if (!values.every(isConstant)) continue;
    else if (distinct(values) < 2) ignored.set(name, 'it says the same of all items');
    else if (distinct(values) === present(values).length) ignored.set(name, 'every item has one of its own');
    if (ignored.has(name)) continue;
    found.set(name, { name, kind: 'category', values: values as readonly (string | null)[] });
  }
  const inOrder = table.columns.flatMap(({ name }) => found.get(name) ?? []);
  return { statics: inOrder, roles: revised(roles, inOrder, ignored) };
}

const isFree = (name: string, roles: Roles, { ignore }: RoleOptions): boolean =>
  name !== '' &&
  !ignore?.includes(name) &&
  !isSecondName(name, true) &&
  roles.ignored.some(({ column }) => column === name);

function revised(
  roles: Roles,
  statics: readonly StaticCovariate[],
  reasons: ReadonlyMap<string, string>,
): Roles {
  const names = statics.map(({ name }) => name);
  return {
    ...roles,
    past: roles.past.filter((name) => !names.includes(name)),
    static: names,
    ignored: roles.ignored
      .filter(({ column }) => !names.includes(column))
      .map((one): Chosen<string> => ({ ...one, because: reasons.get(one.column) ?? one.because })),
  };
}

/** What stands for an item in which a column changes, with two of its values. */
interface Changing {
  readonly between: readonly (number | string)[];
}
type Found = number | string | null | Changing;

const isConstant = (value: Found): value is number | string | null =>
  typeof value !== 'object' || value === null;
const present = (values: readonly Found[]): readonly Found[] => values.filter((value) => value !== null);
const distinct = (values: readonly Found[]): number => new Set(present(values)).size;

function constantNumbers(series: readonly Series[], at: number): readonly Found[] {
  return series.map(({ values }) => {
    let seen: number | null = null;
    for (const value of values[at] ?? []) {
      if (Number.isNaN(value)) continue;
      if (seen === null && Number.isFinite(value)) seen = value + 0;
      else if (value !== seen) return { between: [seen ?? value, value] };
    }
    return seen;
  });
}

/** By column: the word that all rows of an item have, in the order of the items. */
async function constantWords(
  session: Session,
  table: Table,
  series: readonly Series[],
  item: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  if (names.length === 0) return new Map();
  const parts = table.sources.map((source) => {
    const words = names.map((name, i) => {
      return `${presentSql(`trim(${scanned(source, name)}::VARCHAR)`)} AS w${i}`;
    });
    return `SELECT ${itemSql(source, item)} AS item, ${words.join(', ')} FROM ${scan(source)}`;
  });
  const bounds = names.map((_, i) => `min(w${i}), max(w${i})`).join(', ');
  const result = await session.run(
    `SELECT item, ${bounds} FROM (${parts.join(' UNION ALL ')}) GROUP BY item`,
  );
  const byItem = new Map(
    ((await result.getRowsJS()) as [string, ...(string | null)[]][]).map(([name, ...all]) => [name, all]),
  );
  return new Map(
    names.map((name, i) => [
      name,
      series.map((one): Found => {
        const [low = null, high = null] = byItem.get(one.item ?? '')?.slice(2 * i, 2 * i + 2) ?? [];
        return low === high ? low : { between: [low ?? '', high ?? ''] };
      }),
    ]),
  );
}

function refuseChanging(
  name: string,
  series: readonly Series[],
  values: readonly Found[],
): asserts values is Values {
  const changing = values.flatMap((value, i) =>
    isConstant(value) ? [] : [{ item: series[i]?.item ?? '', between: value.between }],
  );
  const [first] = changing;
  if (!first) return;
  throw new DataError(
    {
      rule: `a static column must have one value in all rows of an item, as ${name} should`,
      received: `${first.between.map(show).join(' and ')} for item ${show(first.item)}${changing.length > 1 ? ` (and ${changing.length - 1} more)` : ''}`,
      remedy: 'make it a covariate that is known or past, or mend the rows',
    },
    { count: changing.length },
  );
}
