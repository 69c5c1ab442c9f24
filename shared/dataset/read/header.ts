import { show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import { noTable, type Prepared } from './prepare.ts';
import { unpacked } from './unpack.ts';

const delimiters = [',', ';', '\t', '|'];
const longestHeader = 1 << 20;

export interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/**
 * The first line of a CSV: its names, and the delimiter that is named or splits it and the next line into the most
 * cells.
 *
 * @throws DataError where the file is empty or no text
 */
export async function readHeader(file: Prepared, named: string | undefined): Promise<Header> {
  if (named !== undefined) checkDelimiter(named);
  const [line = '', next = ''] = await firstRecords(file);
  const delimiter = named ?? delimiterOf(line, next);
  return { delimiter, names: splitRecord(line, delimiter).map((cell) => cell.trim()) };
}

/** One that splits both lines alike comes before one that does not; then the one that makes more cells. */
function delimiterOf(line: string, next: string): string {
  const cells = (text: string, delimiter: string) => outsideQuotes(text).split(delimiter).length;
  const rank = (delimiter: string): number => {
    const count = cells(line, delimiter);
    return count + (count > 1 && count === cells(next, delimiter) ? longestHeader : 0);
  };
  return delimiters.reduce((best, other) => (rank(other) > rank(best) ? other : best));
}

function checkDelimiter(named: string): void {
  if (/^[^"\r\n]$/.test(named)) return;
  throw new DataError({
    rule: 'the delimiter must be one character, and no quote or line break',
    received: show(named),
    remedy: 'mend the option delimiter',
  });
}

/** The first two lines, as far as there are so many; those in quotes may have line breaks. */
async function firstRecords(file: Prepared): Promise<string[]> {
  const decoder = new TextDecoder('utf-8'); // drops a byte order mark
  let text = '';
  for await (const piece of unpacked(file)) {
    text += decoder.decode(piece, { stream: true });
    if (ends(text).length > 1 || text.length > longestHeader) break;
  }
  const [end = text.length, nextEnd = text.length] = ends(text);
  const line = text.slice(0, end);
  if (line.length > longestHeader) {
    throw noTable(file.name, 'a first line of more than a million characters');
  }
  if (line.trim() === '') {
    throw noTable(file.name, text.trim() === '' && text.length === end ? 'nothing' : 'an empty first line');
  }
  return [line, text.slice(end, nextEnd).replace(/^\r?\n?/, '')];
}

/** Where the first two lines that are not empty end, outside quotes. */
function ends(text: string): number[] {
  const breaks = outsideQuotes(text).matchAll(/[\r\n]+/g);
  const found: number[] = [];
  for (const { index } of breaks) {
    found.push(index);
    if (found.length === 2) break;
  }
  return found;
}

/** The text with what stands in quotes blanked, so that positions stay. */
const outsideQuotes = (text: string): string =>
  text.replace(/"(?:[^"]|"")*(?:"|$)/g, (quoted) => '\u00a0'.repeat(quoted.length));

function splitRecord(line: string, delimiter: string): string[] {
  const bare = outsideQuotes(line);
  const cells: string[] = [];
  let from = 0;
  for (let i = 0; i <= bare.length; i++) {
    if (i < bare.length && bare[i] !== delimiter) continue;
    const cell = line.slice(from, i).trim();
    cells.push(cell.startsWith('"') ? cell.replace(/^"|"$/g, '').replaceAll('""', '"') : cell);
    from = i + 1;
  }
  return cells;
}
