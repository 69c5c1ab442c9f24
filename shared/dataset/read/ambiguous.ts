import { show } from '../../errors/index.ts';
import { DataError, printPlace } from '../errors.ts';
import { placesOf } from './lines.ts';
import { scanned } from './series.ts';
import type { Session } from './session.ts';
import { scan } from './source.ts';
import { sampleRows, type Table } from './table.ts';

/**
 * Refuses numbers such as 1,234, where nothing tells whether that is more than a thousand or a little more than one.
 *
 * @throws DataError asking which
 */
export async function refuseAmbiguous(
  session: Session,
  table: Table,
  names: readonly string[],
): Promise<void> {
  const column = table.columns.find(
    ({ name, writing }) => names.includes(name) && writing !== null && 'ambiguous' in writing,
  );
  const [source] = table.sources;
  if (!column?.writing || !('ambiguous' in column.writing) || !source) return;
  const word = column.writing.ambiguous;
  const from = scan(source, { unsplittable: 'skipped', isSample: true });
  const cells = await session.run(`SELECT ${scanned(source, column.name)} FROM ${from} LIMIT ${sampleRows}`);
  const row = (await cells.getRowsJS()).findIndex(([cell]) => cell === word);
  const [place = { file: source.name }] = await placesOf(source, [Math.max(0, row)], column.name);
  throw new DataError(
    {
      rule: 'it must be clear whether a comma is the decimal sign or groups digits',
      received: `${show(word)} in ${printPlace(place)}`,
      remedy: `say with the option decimal which sign it is: "," for ${word.replace(',', '.')}, "." for ${word.replace(',', '')}`,
    },
    { place },
  );
}
