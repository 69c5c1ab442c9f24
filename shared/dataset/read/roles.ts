import { nearest, show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import type { Table, TableColumn } from './table.ts';
import { refuseWide } from './wide.ts';

/** What the columns are, where their names should not decide. */
export interface RoleOptions {
  /** The column that names the item, or several that name it together; null: there is one item without a name. */
  readonly item?: ItemColumns;
  readonly time?: string;
  /** One target column, or the channels. */
  readonly target?: string | readonly string[];
  /** Covariates that are known into the future. */
  readonly known?: readonly string[];
  /** Covariates that are not. */
  readonly past?: readonly string[];
  /** What describes an item as a whole: numbers or categories that stay the same in all of its rows. */
  readonly static?: readonly string[];
  /** Columns that are left alone. */
  readonly ignore?: readonly string[];
}

/** One column, several together, or none. */
export type ItemColumns = string | readonly string[] | null;

/** A choice and why it was made. */
export interface Chosen<T> {
  readonly column: T;
  readonly because: string;
}

/** The columns of a table by name. */
export interface Roles {
  readonly item: Chosen<ItemColumns>;
  readonly time: Chosen<string>;
  readonly target: Chosen<readonly string[]>;
  readonly known: readonly string[];
  readonly past: readonly string[];
  readonly static: readonly string[];
  readonly ignored: readonly Chosen<string>[];
}

/** The columns that name the item, as a list. */
export const listOf = (item: ItemColumns): readonly string[] => [item ?? []].flat();

/** Names in use, the most telling first; compared without case, blanks and hyphens as underscores. */
const names = {
  item: ['item_id', 'unique_id', 'series_id', 'ts_id', 'item', 'series', 'id', 'sku'],
  time: ['timestamp', 'ds', 'datetime', 'date_time', 'date', 'time'],
  target: ['target', 'y', 'value', 'values', 'sales', 'demand', 'quantity'],
} as const;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s-]+/g, '_');

/**
 * The roles of a table's columns: what the options say; else by name; else the time is the only column of ISO dates.
 * A table with an item column is long: its target has a target's name, or is the only number column. Without an item
 * column, a column with a target's name makes one series with covariates; otherwise all number columns are channels
 * of one item. Other number columns are covariates: known where the future file has them, else past. Which of them,
 * and of the columns of text, describe items as a whole, `findStatics` sees from the rows.
 *
 * @param future the columns of the future file, null where there is none
 * @throws DataError where there is no time, no target, or the options name a column that is not there
 */
export function decideRoles(
  table: Table,
  options: RoleOptions,
  future: readonly string[] | null = null,
): Roles {
  const { columns } = table;
  for (const name of named(options)) checkColumn(columns, name);
  const ignore = new Set(options.ignore);
  const free = columns.filter(({ name }) => name !== '' && !ignore.has(name));
  const time = timeOf(free, options);
  const item = itemOf(free, options, time.column);
  const taken = new Set([...listOf(item.column), time.column]);
  const statics = [...new Set(options.static)];
  const others = free.filter(({ name }) => !taken.has(name) && !statics.includes(name));
  const isName = ({ name }: TableColumn) => isSecondName(name, item.column !== null);
  const asked = new Set([...(options.known ?? []), ...(options.past ?? [])]);
  const measures = others.filter(
    (column) => asked.has(column.name) || (column.kind === 'number' && !isName(column)),
  );
  const target = targetOf(others, measures, options, item.column !== null);
  const covariates = measures.map(({ name }) => name).filter((name) => !target.column.includes(name));
  const known = covariates.filter((name) =>
    options.known?.includes(name) ? true : !options.past?.includes(name) && (future?.includes(name) ?? false),
  );
  const used = new Set([...taken, ...target.column, ...covariates, ...statics]);
  return {
    item,
    time,
    target,
    known,
    past: covariates.filter((name) => !known.includes(name)),
    static: statics,
    ignored: columns.filter(({ name }) => !used.has(name)).map((column) => whyIgnored(column, ignore)),
  };
}

/** A second name of the item, or of the time, is no covariate. */
export const isSecondName = (name: string, isLong: boolean): boolean =>
  [...(isLong ? names.item : []), ...names.time].some((known) => known === plain(name));

const whyIgnored = ({ name, kind }: TableColumn, ignore: ReadonlySet<string>): Chosen<string> => ({
  column: name,
  because: ignore.has(name)
    ? 'as told'
    : name === ''
      ? 'it has no name'
      : kind === 'empty'
        ? 'it is empty'
        : kind === 'number'
          ? 'it has the name of an item or a time'
          : `it holds ${kind === 'time' ? 'times' : 'text'}`,
});

function named({ item, time, target, known, past, static: statics, ignore }: RoleOptions): string[] {
  return [item ?? [], time ?? [], target ?? [], known ?? [], past ?? [], statics ?? [], ignore ?? []].flat();
}

const list = (columns: readonly TableColumn[]): string => columns.map(({ name }) => name).join(', ');

function checkColumn(columns: readonly TableColumn[], name: string): void {
  if (columns.some((column) => column.name === name)) return;
  const meant = nearest(
    name,
    columns.map((column) => column.name),
  );
  throw new DataError({
    rule: `a column that is named must be in the table, which has ${list(columns)}`,
    received: show(name),
    remedy: meant ? `did you mean ${meant}?` : 'name one of these',
  });
}

/** The column with the most telling of these names. */
const byName = (columns: readonly TableColumn[], wanted: readonly string[]): TableColumn | undefined =>
  wanted.flatMap((name) => columns.filter((column) => plain(column.name) === name))[0];

export function timeOf(columns: readonly TableColumn[], { time }: RoleOptions): Chosen<string> {
  if (time !== undefined) return { column: time, because: 'as told' };
  const named = byName(columns, names.time);
  if (named) return { column: named.name, because: 'by its name' };
  const [dates, ...more] = columns.filter(({ kind }) => kind === 'time');
  if (dates && more.length === 0) return { column: dates.name, because: 'the only one that holds times' };
  refuseWide(columns);
  throw new DataError({
    rule: `a table must have a time column, named ${names.time.join(', ')}, or as the only one that holds ISO times`,
    received: columns.length > 0 ? `the columns ${list(columns)}` : 'no columns',
    remedy: 'say which one it is with the option time',
  });
}

export function itemOf(
  columns: readonly TableColumn[],
  { item }: RoleOptions,
  time: string,
): Chosen<ItemColumns> {
  if (item !== undefined) return { column: item, because: 'as told' };
  const found = byName(
    columns.filter(({ name }) => name !== time),
    names.item,
  );
  return found
    ? { column: found.name, because: 'by its name' }
    : { column: null, because: `no column is named ${names.item.join(', ')}` };
}

function targetOf(
  columns: readonly TableColumn[],
  measures: readonly TableColumn[],
  { target, known = [], past = [] }: RoleOptions,
  isLong: boolean,
): Chosen<readonly string[]> {
  if (target !== undefined) return { column: [target].flat(), because: 'as told' };
  const covariates = new Set([...known, ...past]);
  const named = byName(
    columns.filter(({ name, kind }) => kind !== 'time' && !covariates.has(name)),
    names.target,
  );
  if (named) return { column: [named.name], because: 'by its name' };
  const free = measures.filter(({ name }) => !covariates.has(name));
  const [only, ...more] = free;
  if (only && more.length === 0) return { column: [only.name], because: 'the only number column' };
  if (only && !isLong) {
    return {
      column: free.map(({ name }) => name),
      because: 'without item and target every number column is a channel',
    };
  }
  throw new DataError({
    rule: only
      ? `a table with several number columns must have a target, named ${names.target.join(', ')}`
      : 'a table must have a column of numbers',
    received: `the columns ${list(columns)}`,
    remedy: only ? 'say which one it is with the option target' : 'add the values that should be forecast',
  });
}
