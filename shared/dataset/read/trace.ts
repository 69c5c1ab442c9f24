import { show } from '../../errors/index.ts';
import { DataError, type Place, printPlace } from '../errors.ts';
import { refuseOtherEncodings } from './encoding.ts';
import { grouped, type Series } from './grouping.ts';
import { placesOf } from './lines.ts';
import { isNumber } from './numbers.ts';
import { unreadable } from './prepare.ts';
import { itemSql, numberSql, presentSql, scanned, type Wanted } from './series.ts';
import type { Session } from './session.ts';
import { type Source, scan } from './source.ts';
import type { Table } from './table.ts';

/** A table as text, its rows numbered in the order of the input: slower, but it can tell what is where. */
export interface Trace {
  /** The items as `readFast` gives them; timestamps may differ in form, missing numbers may be written as words. */
  series(): Promise<Series[]>;
  /** Row numbers with what they hold; the condition speaks of `item, t, v0, v1, …`. */
  find(condition: string): Promise<TracedRow[]>;
  /** Where a row lies. */
  place(row: number, column?: string): Promise<Place>;
}

interface TracedRow {
  readonly row: number;
  readonly item: string;
  readonly time: number;
  readonly values: readonly number[];
}

/**
 * Reads all as text and converts it itself.
 *
 * @throws DataError naming the first line that cannot be split, or the first cell of one kind that does not fit
 */
export async function openTrace(session: Session, table: Table, wanted: Wanted): Promise<Trace> {
  await session.run('DROP TABLE IF EXISTS traced');
  const numbers = wanted.numbers.map((_, i) => `w${i} VARCHAR, v${i} DOUBLE`);
  await session.run(`CREATE TABLE traced (item VARCHAR, word VARCHAR, t DOUBLE, ${numbers.join(', ')})`);
  const firsts: number[] = [];
  for (const source of table.sources) {
    firsts.push(await countRows(session));
    try {
      await session.run(`INSERT INTO traced ${textSql(source, table, wanted)}`);
    } catch (error) {
      throw (await unsplittable(session, source)) ?? unreadable(source.name, error);
    }
  }
  const place = async (row: number, column?: string): Promise<Place> => {
    const part = firsts.findLastIndex((first) => first <= row);
    const source = table.sources[part] as Source;
    const [found] = await placesOf(source, [row - (firsts[part] ?? 0)], column);
    return found as Place;
  };
  await checkCells(session, wanted, place);
  return {
    series: () => grouped(session, tracedToEnd, wanted.numbers.length),
    find: (condition) => findRows(session, wanted, condition),
    place,
  };
}

const tracedToEnd = 'SELECT *, false AS ended FROM traced UNION ALL BY NAME SELECT true AS ended';

async function countRows(session: Session): Promise<number> {
  const [[rows]] = (await (await session.run('SELECT count(*)::DOUBLE FROM traced')).getRowsJS()) as [
    [number],
  ];
  return rows;
}

function textSql(source: Source, table: Table, { item, time, form, numbers }: Wanted): string {
  const word = (name: string) => `${scanned(source, name)}::VARCHAR`;
  const columns = [
    itemSql(source, item),
    word(time),
    form.sql(word(time)),
    ...numbers.flatMap((name) => {
      const present = presentSql(word(name));
      return [present, `coalesce(${numberSql(source, table, name, present)}, 'nan')`];
    }),
  ];
  return `SELECT ${columns.join(', ')} FROM ${scan(source)}`;
}

/** The first line that has too few or too many cells, or a quote that does not end; null where there is none. */
async function unsplittable(session: Session, source: Source): Promise<DataError | null> {
  if (source.layout === 'parquet') return null;
  await refuseOtherEncodings(source);
  if (source.layout !== 'csv') return null;
  const all = `SELECT count(COLUMNS(*)) FROM ${scan(source, { unsplittable: 'stored' })}`;
  await session.run(all).catch(() => null);
  const found = await session
    .run(
      'SELECT line::DOUBLE, error_message, count(*) OVER ()::DOUBLE FROM reject_errors ORDER BY line LIMIT 1',
    )
    .catch(() => null);
  const [first] = ((await found?.getRowsJS()) ?? []) as [number, string, number][];
  if (!first) return null;
  const [line, said, count] = first;
  const place = { file: source.name, line };
  const cells = /Found: (\d+)/.exec(said)?.[1];
  const what = cells ?? (said.includes('unterminated quote') ? 'a quote without an end' : show(said));
  return new DataError(
    {
      rule: `every line must have the ${source.columns.length} columns of the first`,
      received: `${what} in ${printPlace(place)}${others(count)}`,
      remedy: 'mend the line, and quote cells that hold the delimiter',
    },
    { place, count },
  );
}

const others = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '');

/** What looks like a number, and is none as the others of its column are. */
const writtenRemedy =
  'write the numbers of a column alike, or say with the options decimal and thousands how they are written';

/** What a cell must be, and how one that is not is found. */
interface CellRule {
  readonly wrong: string;
  readonly word: string;
  readonly column: string | null;
  readonly rule: string;
  readonly remedy: string;
}

async function checkCells(
  session: Session,
  { item, time, form, numbers }: Wanted,
  place: Trace['place'],
): Promise<void> {
  const rules: CellRule[] = [
    {
      wrong: "item IS NULL OR trim(item) = ''",
      word: 'item',
      column: item.length > 0 ? item.join(', ') : null,
      rule: 'every row must name its item',
      remedy: 'fill in the name or remove the row',
    },
    {
      wrong: 't IS NULL',
      word: 'word',
      column: time,
      rule: `a timestamp ${form.rule}`,
      remedy: 'mend it or remove the row, or say with the option timestampFormat how all are written',
    },
    ...numbers.map((name, i) => ({
      wrong: `w${i} IS NOT NULL AND (isnan(v${i}) OR isinf(v${i}))`,
      word: `w${i}`,
      column: name,
      rule: `the column ${name} must hold finite numbers`,
      remedy: 'mend the cell, leave it empty where the value is missing, or leave out the column',
    })),
  ];
  for (const { wrong, word, column, rule, remedy } of rules) {
    const found = await session.run(
      `SELECT rowid::DOUBLE, ${word}, count(*) OVER ()::DOUBLE FROM traced WHERE ${wrong} ORDER BY rowid LIMIT 1`,
    );
    const [first] = (await found.getRowsJS()) as [number, string | null, number][];
    if (!first) continue;
    const [row, text, count] = first;
    const written = text !== null && numbers.some((name) => name === column) && isNumber(text);
    const at = await place(row, column ?? undefined);
    throw new DataError(
      {
        rule,
        received: `${text === null ? 'nothing' : show(text)} in ${printPlace(at)}${others(count)}`,
        remedy: written ? writtenRemedy : remedy,
      },
      { place: at, count },
    );
  }
}

async function findRows(session: Session, { numbers }: Wanted, condition: string): Promise<TracedRow[]> {
  const values = numbers.map((_, i) => `, v${i}`).join('');
  const found = await session.run(
    `SELECT rowid::DOUBLE, item, t${values} FROM traced WHERE ${condition} ORDER BY rowid`,
  );
  return ((await found.getRowsJS()) as [number, string, number, ...number[]][]).map(
    ([row, item, time, ...numbers]) => ({ row, item, time, values: numbers }),
  );
}
