import { show } from '../../errors/index.ts';
import { DataError, type Place, printPlace } from '../errors.ts';
import { refuseOtherEncodings } from './encoding.ts';
import { noTable, type Prepared, unreadable } from './prepare.ts';
import { literal, type Session } from './session.ts';
import { unpacked } from './unpack.ts';

/** How DuckDB calls what a file is packed with. */
export const compressionOf = ({ packing }: Prepared): string =>
  literal(packing === 'none' ? 'uncompressed' : packing);

/** The objects of a file, in the column `j`. */
function objectsOf(file: Prepared): string {
  const form = file.layout === 'json-array' ? "format = 'array'" : "format = 'newline_delimited'";
  return `read_json_objects(${literal(file.path)}, ${form}, compression = ${compressionOf(file)}) AS t(j)`;
}

/** A field by its name, case and all, as a JSON pointer. */
const pointer = (name: string): string => literal(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);

/** The fields as text, named c0, c1, …: numbers as they are written, null where there is none. */
export function jsonRows(file: Prepared, names: readonly string[]): string {
  const columns = names.map((_, i) => `l[${i + 1}] AS c${i}`).join(', ');
  const fields = names.map(pointer).join(', ');
  return `(SELECT ${columns} FROM (SELECT json_extract_string(j, [${fields}]) AS l FROM ${objectsOf(file)}))`;
}

/**
 * The names of all fields, those of the first object first.
 *
 * @throws DataError naming the first line that is no object
 */
export async function jsonNames(session: Session, file: Prepared): Promise<string[]> {
  const query = `SELECT json_keys(j), any_value(json_type(j)) FROM ${objectsOf(file)} GROUP BY 1`;
  const first = `SELECT json_keys(j) FROM ${objectsOf(file)} LIMIT 1`;
  try {
    const [[top = []] = []] = (await (await session.run(first)).getRowsJS()) as [string[] | null][];
    const all = (await (await session.run(query)).getRowsJS()) as [string[] | null, string | null][];
    if (all.length === 0) throw noTable(file.name, 'no objects');
    await checkEnd(file);
    if (all.every(([, type]) => type === 'OBJECT')) {
      const others = all.flatMap(([names]) => names ?? []).sort();
      return [...new Set([...(top ?? []), ...others])];
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw (await malformed(file)) ?? unreadable(file.name, error);
  }
  throw (await malformed(file)) ?? noTable(file.name, 'something else than objects');
}

/** DuckDB takes an array that is cut off between two objects for a shorter one. */
async function checkEnd(file: Prepared): Promise<void> {
  if (file.layout !== 'json-array') return;
  let last = '';
  for await (const piece of unpacked(file)) last = Buffer.from(piece).toString('latin1').trimEnd() || last;
  if (!last.endsWith(']')) throw unreadable(file.name, new Error('the array has no end'));
}

/** What keeps a file from being objects: the first line that is none. Null for an array, which has no such lines. */
async function malformed(file: Prepared): Promise<DataError | null> {
  await refuseOtherEncodings(file);
  if (file.layout === 'json-array') return null;
  const wrong: { line: number; text: string }[] = [];
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    if (text.trim() !== '' && !isObject(text)) wrong.push({ line, text });
  }
  const [first] = wrong;
  if (!first) return null;
  const place: Place = { file: file.name, line: first.line };
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : '';
  return new DataError(
    {
      rule: 'every line must be one JSON object',
      received: `${show(shortened(first.text))} in ${printPlace(place)}${more}`,
      remedy:
        'write each row as an object in a line of its own, such as {"timestamp": "2024-01-31", "value": 1}',
    },
    { place, count: wrong.length },
  );
}

const shown = 60;
const shortened = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text);

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function* linesOf(file: Prepared): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const piece of unpacked(file)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
