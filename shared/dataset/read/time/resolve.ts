import { ConfigurationError, show } from '../../../errors/index.ts';
import { DataError } from '../../errors.ts';
import { scanned } from '../series.ts';
import type { Session } from '../session.ts';
import { scan } from '../source.ts';
import type { Table } from '../table.ts';
import { isFormat } from './format.ts';
import { formatForm, formOfWords } from './forms.ts';
import { isoForm } from './iso.ts';
import { epochMilliseconds, epochSeconds, excelDays } from './numbers.ts';
import type { TimeForm } from './time-form.ts';

export interface TimeOptions {
  /** How timestamps are written: as `strptime` has it, such as `%d/%m/%Y %H:%M`, or one of `namedForms`. */
  readonly timestampFormat?: string | undefined;
  /** Where times without a zone are from, as the IANA database calls it: `Europe/Berlin`. UTC where nothing is said. */
  readonly timezone?: string | undefined;
}

/** Forms that no format can spell. */
const namedForms: readonly TimeForm[] = [epochSeconds, epochMilliseconds, excelDays];

/**
 * How the timestamps of a table's time column are written: as told, by the column's type, or as its first rows show,
 * and where these could be two things, as all rows show.
 *
 * @throws ConfigurationError where the format is none
 * @throws DataError where day and month cannot be told apart
 */
export async function timeFormOf(
  session: Session,
  table: Table,
  column: string,
  { timestampFormat }: TimeOptions,
): Promise<TimeForm> {
  if (timestampFormat !== undefined) return toldForm(timestampFormat);
  const types = table.sources.map(({ columns }) => columns.find(({ name }) => name === column)?.type ?? '');
  const [type = ''] = types;
  if (types.every((one) => /^(DATE|TIMESTAMP)/.test(one))) return typedForm(type);
  const { words = [] } = table.columns.find(({ name }) => name === column) ?? {};
  const found = formOfWords(words) ?? isoForm(words);
  return 'formats' in found ? decided(session, table, column, found.formats) : found;
}

function toldForm(format: string): TimeForm {
  const named = namedForms.find(({ name }) => name === format);
  if (named) return named;
  if (format.includes('%') && isFormat(format)) return formatForm([format]);
  throw new ConfigurationError(
    {
      rule: `timestampFormat must have directives of strptime (%Y %y %m %d %b %B %H %I %M %S %p %g %f %z), or be one of ${namedForms.map(({ name }) => name).join(', ')}`,
      received: show(format),
      remedy: 'write for example %d/%m/%Y %H:%M',
    },
    { path: 'timestampFormat' },
  );
}

/** Columns of Parquet that hold times. */
const typedForm = (type: string): TimeForm => ({
  name: type.toLowerCase(),
  rule: 'must be there',
  isLocal: !/TIME ZONE|TIMESTAMPTZ/.test(type),
  sql: (word) => `epoch_us(TRY_CAST(${word} AS TIMESTAMPTZ)) / 1000.0`,
  fast: (column) => `epoch_us(${column}::TIMESTAMP) / 1000.0`,
});

/** The order of day and month that all rows have; the one that most have, where no order fits all. */
async function decided(
  session: Session,
  table: Table,
  column: string,
  formats: readonly (readonly string[])[],
): Promise<TimeForm> {
  const forms = formats.map((one) => formatForm(one));
  const misfits = await countMisfits(session, table, column, forms);
  const fewest = Math.min(...misfits);
  const best = forms.filter((_, i) => misfits[i] === fewest);
  const [first] = best;
  if (first && best.length === 1) return first;
  const [source] = table.sources;
  const word = table.columns.find(({ name }) => name === column)?.words[0] ?? '';
  throw new DataError(
    {
      rule: 'it must be clear whether the day or the month comes first',
      received: `timestamps such as ${show(word)}, none of which tells`,
      remedy: `say with the option timestampFormat which: ${forms.map(({ name }) => name).join(' or ')}`,
    },
    { place: source ? { file: source.name, column } : null },
  );
}

async function countMisfits(
  session: Session,
  table: Table,
  column: string,
  forms: readonly TimeForm[],
): Promise<readonly number[]> {
  const words = table.sources.map(
    (source) =>
      `SELECT ${scanned(source, column)}::VARCHAR AS word FROM ${scan(source, { unsplittable: 'skipped' })}`,
  );
  const counts = forms.map((form) => `count(*) FILTER (WHERE (${form.sql('word')}) IS NULL)::DOUBLE`);
  const found = await session.run(`SELECT ${counts.join(', ')} FROM (${words.join(' UNION ALL ')})`);
  const [row = []] = (await found.getRowsJS()) as number[][];
  return row;
}
