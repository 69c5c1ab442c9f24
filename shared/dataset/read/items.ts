import { show } from '../../errors/index.ts';
import { DataError, printPlace } from '../errors.ts';
import type { Panel, StaticCovariate } from '../panel/panel.ts';
import { checkMatched, checkPresent } from './ahead.ts';
import { placesOf } from './lines.ts';
import { numberIn } from './numbers.ts';
import { type Chosen, listOf, type RoleOptions, type Roles } from './roles.ts';
import { itemSql, scanned } from './series.ts';
import type { Session } from './session.ts';
import { type Source, scan } from './source.ts';
import type { Table, TableColumn } from './table.ts';
import { isMissing } from './words.ts';

/** A row of an items table: the cells of its columns, null where missing. */
interface ItemRow {
  readonly cells: readonly (string | null)[];
  readonly source: Source;
  /** Within the source, from 0 on. */
  readonly row: number;
}

/**
 * The panel with what an items table says of its items as a whole: numbers and categories, one row for each item.
 * Items without a row have none of it; rows of other items are left out. A text that every item has of its own is
 * another name of it.
 *
 * @throws DataError where the item column is missing, two rows of an item differ, or a number is none
 */
export async function addItems(
  session: Session,
  table: Table,
  { panel, roles }: { readonly panel: Panel; readonly roles: Roles },
  { ignore = [], static: told = [] }: RoleOptions,
): Promise<{ readonly panel: Panel; readonly roles: Roles }> {
  const item = listOf(roles.item.column);
  checkItems(table, item, roles.item.because);
  const taken = [
    ...item,
    roles.time.column,
    ...roles.target.column,
    ...roles.known,
    ...roles.past,
    ...ignore,
  ];
  const columns = table.columns.filter(
    ({ name, kind }) => name !== '' && kind !== 'empty' && !taken.includes(name),
  );
  const rows = await rowsOf(session, table, item, columns);
  checkMatched(table, 'the items table', panel, [...rows.keys()]);
  const statics: StaticCovariate[] = [];
  const ignored: Chosen<string>[] = [];
  for (const [at, column] of columns.entries()) {
    const found = panel.items.map((name) => rows.get(name));
    const words = found.map((row) => row?.cells[at] ?? null);
    if (column.kind === 'number') {
      statics.push(await numbersOf(column, found, words));
      continue;
    }
    const present = words.filter((word) => word !== null);
    const isName = present.length > 1 && new Set(present).size === present.length;
    if (isName && !told.includes(column.name)) {
      ignored.push({ column: column.name, because: 'every item has one of its own' });
    } else statics.push({ name: column.name, kind: 'category', values: words });
  }
  const names = statics.map(({ name }) => name);
  const others = panel.statics.filter(({ name }) => !names.includes(name));
  return {
    panel: { ...panel, statics: [...others, ...statics] },
    roles: {
      ...roles,
      static: [...others.map(({ name }) => name), ...names],
      ignored: [...roles.ignored, ...ignored],
    },
  };
}

function checkItems(table: Table, item: readonly string[], because: string): void {
  if (item.length === 0) {
    throw new DataError({
      rule: 'data with an items table must have an item column',
      received: `none: ${because}`,
      remedy: 'say which one it is with the option item, or give no items table',
    });
  }
  for (const name of item) {
    checkPresent(table, name, `the items table must have the item column ${name}`, 'name it as in the data');
  }
}

/** The rows by item. @throws DataError where a row names none, or two of an item differ */
async function rowsOf(
  session: Session,
  table: Table,
  item: readonly string[],
  columns: readonly TableColumn[],
): Promise<ReadonlyMap<string, ItemRow>> {
  const rows = new Map<string, ItemRow>();
  for (const source of table.sources) {
    const cells = columns.map(({ name }) => `trim(${scanned(source, name)}::VARCHAR)`);
    const result = await session.run(
      `SELECT ${[itemSql(source, item), ...cells].join(', ')} FROM ${scan(source)}`,
    );
    const read = (await result.getRowsJS()) as [string | null, ...(string | null)[]][];
    for (const [row, [name, ...words]] of read.entries()) {
      const one = { cells: words.map((word) => (isMissing(word ?? '') ? null : word)), source, row };
      if (name === null || name.trim() === '') throw await unnamed(one, item);
      const before = rows.get(name);
      if (before?.cells.some((cell, i) => cell !== one.cells[i])) throw await differing(name, before, one);
      if (!before) rows.set(name, one);
    }
  }
  return rows;
}

const placeOf = async ({ source, row }: ItemRow, column?: string) =>
  (await placesOf(source, [row], column))[0] ?? { file: source.name };

async function unnamed(row: ItemRow, item: readonly string[]): Promise<DataError> {
  const place = await placeOf(row, item.join(', '));
  return new DataError(
    {
      rule: 'every row of the items table must name its item',
      received: `nothing in ${printPlace(place)}`,
      remedy: 'fill in the name or remove the row',
    },
    { place },
  );
}

async function differing(name: string, before: ItemRow, row: ItemRow): Promise<DataError> {
  const places = [await placeOf(before), await placeOf(row)];
  return new DataError(
    {
      rule: 'an item must have one row in the items table',
      received: `two that differ for item ${show(name)}, ${places.map(printPlace).join(' and ')}`,
      remedy: 'keep one of them',
    },
    { place: places[1] ?? null },
  );
}

async function numbersOf(
  { name, writing }: TableColumn,
  rows: readonly (ItemRow | undefined)[],
  words: readonly (string | null)[],
): Promise<StaticCovariate> {
  const values = words.map((word) => (word === null ? null : numberIn(word, writing)));
  const wrong = values.flatMap((value, i) => (value === null || Number.isFinite(value) ? [] : [i]));
  const first = rows[wrong[0] ?? -1];
  if (!first)
    return { name, kind: 'number', values: values.map((value) => (value === null ? null : value + 0)) };
  const place = await placeOf(first, name);
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : '';
  throw new DataError(
    {
      rule: `the column ${name} must hold finite numbers`,
      received: `${show(words[wrong[0] ?? 0])} in ${printPlace(place)}${more}`,
      remedy: 'mend the cell, leave it empty where the value is missing, or leave out the column',
    },
    { place, count: wrong.length },
  );
}
