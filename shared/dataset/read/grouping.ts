import type { DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api';
import { compareNames } from '../panel/panel.ts';
import { type ItemRows, segmentsOf } from './segments.ts';
import type { Session } from './session.ts';

/** All rows of one item as the input has them: in no order, perhaps with duplicates. */
export interface Series {
  /** Null where a row names no item. */
  readonly item: string | null;
  readonly rows: number;
  /** `[rows]` milliseconds UTC, NaN where there is none; made anew each time they are asked for. */
  times(): Float64Array;
  /** By number column: `[rows]`, NaN where missing. */
  readonly values: readonly Float64Array[];
  /** Lets go of the values, which are none from then on. */
  release(): void;
}

/**
 * The rows of a query by item, rising by its name. DuckDB's own grouping would hold every number three times: in its
 * lists, in the vectors that it makes of them, and in what it hands over.
 *
 * @param rows SQL of rows `item, t, v0, v1, …, ended`: the last of them is none of the table's and has `ended`
 * @throws where that row does not come: DuckDB's streams end without a word where an error stops them
 */
export async function grouped(session: Session, rows: string, numbers: number): Promise<Series[]> {
  const columns = ['t', ...Array.from({ length: numbers }, (_, i) => `v${i}`)];
  const result = await session.stream(`SELECT item, hash(item), ${columns.join(', ')}, ended FROM (${rows})`);
  const segments = segmentsOf(numbers);
  const items = itemNumbers();
  let isEnded = false;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    isEnded = chunk.getColumnVector(2 + columns.length).getItem(chunk.rowCount - 1) === true;
    const count = chunk.rowCount - Number(isEnded);
    const [times = new Float64Array(count), ...values] = columns.map((_, i) =>
      numbersOf(chunk.getColumnVector(2 + i), count),
    );
    segments.append(items.of(chunk, count), times, values);
  }
  if (!isEnded) throw new Error('the rows ended before their time');
  const found = segments.byItem(items.names.length);
  return items.names
    .map((item, i): Series => {
      return { item, ...(found[i] ?? noRows) };
    })
    .sort((a, b) => compareNames(a.item ?? '', b.item ?? ''));
}

const noRows: ItemRows = { rows: 0, times: () => new Float64Array(0), values: [], release: () => {} };

/**
 * Numbers items from 0 in the order in which they come. They are told apart by a hash of 64 bits, since reading the
 * name of every row would take several times as long: among a million items the odds of two alike are 3 in 10⁸.
 */
function itemNumbers() {
  const names: (string | null)[] = [];
  const numbers = new Map<bigint, number>();
  const numberOf = (hash: bigint, chunk: DuckDBDataChunk, row: number): number => {
    const known = numbers.get(hash);
    if (known !== undefined) return known;
    const name = chunk.getColumnVector(0).getItem(row);
    numbers.set(hash, names.length);
    return names.push(name === null ? null : String(name)) - 1;
  };
  return {
    names,
    /** `[rows]`: the number of each row's item. */
    of(chunk: DuckDBDataChunk, rows: number): Int32Array {
      const hashes = hashesOf(chunk.getColumnVector(1), rows);
      const halves = new Int32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
      const items = new Int32Array(rows);
      for (let row = 0; row < items.length; row++) {
        // Most rows are of the item before. Halves make no bigint to find that out.
        const isSame =
          row > 0 && halves[2 * row] === halves[2 * row - 2] && halves[2 * row + 1] === halves[2 * row - 1];
        items[row] = isSame ? (items[row - 1] as number) : numberOf(hashes[row] as bigint, chunk, row);
      }
      return items;
    },
  };
}

/**
 * A vector's numbers. `@duckdb/node-api` copies them when the vector is first asked for, into a typed array that its
 * types do not show; where there is none they are read cell by cell.
 */
function numbersOf(vector: DuckDBVector, rows: number): Float64Array {
  const whole: unknown = Reflect.get(vector, 'items');
  if (whole instanceof Float64Array) return whole.subarray(0, rows);
  return Float64Array.from({ length: rows }, (_, i) => {
    const number = vector.getItem(i) ?? Number.NaN;
    if (typeof number !== 'number') throw new TypeError(`expected doubles, got ${vector.type}`);
    return number;
  });
}

function hashesOf(vector: DuckDBVector, rows: number): BigUint64Array {
  const whole: unknown = Reflect.get(vector, 'items');
  if (whole instanceof BigUint64Array) return whole.subarray(0, rows);
  return BigUint64Array.from({ length: rows }, (_, i) => {
    const hash = vector.getItem(i) ?? 0n;
    if (typeof hash !== 'bigint') throw new TypeError(`expected hashes, got ${vector.type}`);
    return hash;
  });
}
