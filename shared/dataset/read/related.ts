import { DataError } from '../errors.ts';
import { itemLength, itemStart, type KnownCovariates, type Panel, panelRows } from '../panel/panel.ts';
import { type Ahead, checkMatched, checkPresent, farthest, futureOf, readAhead } from './ahead.ts';
import { type Chosen, listOf, type RoleOptions, type Roles } from './roles.ts';
import type { Session } from './session.ts';
import type { Table } from './table.ts';
import type { TimeOptions } from './time/resolve.ts';

export interface RelatedOptions extends RoleOptions, TimeOptions {
  /** Periods beyond each item's end that are kept at most; all where nothing is said. */
  readonly horizon?: number;
}

/** The data with the covariates of a related table. */
export interface Related {
  readonly panel: Panel;
  readonly roles: Roles;
}

/**
 * The panel with the covariates of a related table, which has them by item and time, for the past and as far ahead as
 * they are known. A covariate that only the related table has is known where that has a value after the end of some
 * item, else past. One that both tables have is known; in rows that both have, the data's own value counts.
 *
 * @throws DataError where the table lacks a column that is needed, has faults of its own, or none of the data's items
 */
export async function addRelated(
  session: Session,
  table: Table,
  { panel, roles }: Related,
  options: RelatedOptions,
): Promise<Related> {
  for (const name of options.known ?? []) {
    const rule = `the related table must have the known covariate ${name}`;
    checkPresent(table, name, rule, 'add the column, or do not call it known');
  }
  const place = placeOf(table, roles);
  const inBoth = panel.known.names;
  const { own, ignored } = ownColumns(table, { panel, roles }, place, options);
  if (inBoth.length + own.length === 0) refuseEmpty(table);
  const ahead = await readAhead(session, table, panel, [...inBoth, ...own], {
    ...{ ...place, timestampFormat: options.timestampFormat, timezone: options.timezone },
    item: place.item.length > 0 ? place.item : null,
  });
  checkMatched(table, 'the related table', panel, ahead.panel.items);
  const most = farthest(panel, ahead);
  const horizon = Math.min(most, options.horizon ?? most);
  const isKnown = knownAmong(own, inBoth.length, futureOf(panel, ahead, horizon), options);
  const known = [...inBoth, ...own.filter((name) => isKnown.has(name))];
  const past = own.filter((name) => !isKnown.has(name));
  return {
    panel: {
      ...panel,
      known: knownCovariates(panel, ahead, known, horizon),
      past: { names: [...panel.past.names, ...past], values: widened(panel, panel.past, ahead, past) },
    },
    roles: {
      ...roles,
      known,
      past: [...roles.past, ...past],
      ignored: [...roles.ignored, ...ignored],
    },
  };
}

/** The covariates that only the related table has, and the columns that it has for nothing. */
function ownColumns(
  { columns }: Table,
  { panel, roles }: Related,
  { item, time }: ReturnType<typeof placeOf>,
  { known = [], past = [], ignore = [] }: RoleOptions,
): { readonly own: readonly string[]; readonly ignored: readonly Chosen<string>[] } {
  const others = [...panel.known.names, ...panel.past.names, ...panel.statics.map(({ name }) => name)];
  const taken = new Set(['', ...item, time, ...roles.target.column, ...ignore, ...others]);
  const free = columns.filter(({ name }) => !taken.has(name));
  const told = new Set([...known, ...past]);
  const isCovariate = ({ name, kind }: (typeof free)[number]) => kind === 'number' || told.has(name);
  const holds = { empty: 'is empty', time: 'holds times', text: 'holds text', number: 'holds numbers' };
  return {
    own: free.filter(isCovariate).map(({ name }) => name),
    ignored: free
      .filter((column) => !isCovariate(column))
      .map(({ name, kind }) => ({ column: name, because: `in the related table it ${holds[kind]}` })),
  };
}

function refuseEmpty({ columns, sources }: Table): never {
  const file = sources[0]?.name ?? '';
  throw new DataError(
    {
      rule: 'the related table must have a column of numbers beside item and time',
      received: `the columns ${columns.map(({ name }) => name).join(', ')} in ${file}`,
      remedy: 'add the covariates, or give categories in an items table',
    },
    { place: { file } },
  );
}

/** The columns that are named as in the data; another name is enough for the only column that holds times. */
function placeOf(table: Table, { item, time }: Roles) {
  const items = listOf(item.column);
  const remedy = 'name it as in the data';
  for (const name of items) {
    checkPresent(table, name, `the related table must have the item column ${name}`, remedy);
  }
  const [only, ...more] = table.columns.filter(({ kind }) => kind === 'time');
  const isNamed = table.columns.some(({ name }) => name === time.column);
  if (!isNamed && only && more.length === 0) return { item: items, time: only.name };
  checkPresent(table, time.column, `the related table must have the time column ${time.column}`, remedy);
  return { item: items, time: time.column };
}

/** Those of the related table's own covariates that are known into the future. */
function knownAmong(
  own: readonly string[],
  before: number,
  future: Float64Array,
  { known = [], past = [] }: RoleOptions,
): ReadonlySet<string> {
  const width = before + own.length;
  const goesOn = (at: number) => future.some((value, i) => i % width === at && !Number.isNaN(value));
  return new Set(
    own.filter((name, i) => known.includes(name) || (!past.includes(name) && goesOn(before + i))),
  );
}

/** All covariates that are known ahead: the data's first, then the related table's own. */
function knownCovariates(
  panel: Panel,
  ahead: Ahead,
  names: readonly string[],
  horizon: number,
): KnownCovariates {
  const own = names.slice(panel.known.names.length);
  const values = widened(panel, panel.known, ahead, own);
  if (names.length === 0) return { names, values, horizon: 0, future: new Float64Array(0) };
  const all = futureOf(panel, ahead, horizon);
  const from = ahead.panel.channels.length;
  const places = names.map((name) => ahead.panel.channels.indexOf(name));
  const future = new Float64Array(panel.items.length * horizon * names.length);
  for (let at = 0; at < future.length; at++) {
    const row = Math.floor(at / names.length);
    future[at] = all[row * from + (places[at % names.length] as number)] as number;
  }
  return { names, values, horizon, future };
}

/**
 * The values of covariates, `[rows, names + own]`, with the related table's own beside them; where one of both tables
 * is missing in the data, the related table's value stands.
 */
function widened(
  panel: Panel,
  { names, values }: Pick<KnownCovariates, 'names' | 'values'>,
  { panel: ahead, matched }: Ahead,
  own: readonly string[],
): Float64Array {
  const width = names.length + own.length;
  const wide = new Float64Array(panelRows(panel) * width).fill(Number.NaN);
  for (let at = 0; at < values.length; at++) {
    wide[Math.floor(at / names.length) * width + (at % names.length)] = values[at] as number;
  }
  const places = [...names, ...own].map((name) => ahead.channels.indexOf(name));
  for (const { item, theirs } of matched) {
    const shift = itemStart(panel, item) - itemStart(ahead, theirs);
    const to = panel.indptr[item] as number;
    const from = ahead.indptr[theirs] as number;
    for (let row = 0; row < itemLength(panel, item); row++) {
      if (row + shift < 0 || row + shift >= itemLength(ahead, theirs)) continue;
      for (const [column, place] of places.entries()) {
        if (place < 0 || !Number.isNaN(wide[(to + row) * width + column])) continue;
        wide[(to + row) * width + column] = ahead.target[
          (from + row + shift) * ahead.channels.length + place
        ] as number;
      }
    }
  }
  return wide;
}
