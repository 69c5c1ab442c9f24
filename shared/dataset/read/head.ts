import type { Limits } from './limits.ts';
import { type TextOptions, unreadable } from './prepare.ts';
import { scan } from './source.ts';
import { openTable } from './table.ts';
import { withSession } from './work.ts';

/** The first rows of a table, as text: one value for each column, null where there is none. */
export interface Head {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** @throws DataError where the file cannot be read at all; rows that cannot are left out */
export function readHead(file: string, count: number, options: TextOptions & Limits = {}): Promise<Head> {
  return withSession([[file]], options, async (session, [files = []]) => {
    const { sources, columns } = await openTable(session, files, options);
    const [source] = sources;
    if (!source) throw new TypeError('a table of one file has one source');
    const texts = columns.map((_, i) => `c${i}::VARCHAR`).join(', ');
    const from = scan(source, { unsplittable: 'skipped', isSample: true });
    try {
      const result = await session.run(`SELECT ${texts} FROM ${from} LIMIT ${count}`);
      const rows = (await result.getRowsJS()) as (string | null)[][];
      return { columns: columns.map(({ name }) => name), rows };
    } catch (error) {
      throw unreadable(file, error);
    }
  });
}
