import { DataError } from '../errors.ts';
import type { TableColumn } from './table.ts';

const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

/** Names such as 2004, 2004-01, 2004-01-31, 2004M01, 2004Q1, Q1 2004, W05 2004, 01/2004, Jan 2004, Jan-04. */
const forms: readonly RegExp[] = [
  /^(19|20)\d\d([-/. ]?(0?[1-9]|1[0-2]))?([-/. ][0-3]?\d)?$/,
  /^(19|20)\d\d[-/. ]?[mqw]\d{1,2}$/i,
  /^[mqw]\d{1,2}[-/. ]?(19|20)\d\d$/i,
  /^([0-3]?\d[-/.])?[0-3]?\d[-/.](19|20)\d\d$/,
  new RegExp(`^${month}[-/. ]*((19|20)?\\d\\d)$`, 'i'),
  new RegExp(`^(19|20)\\d\\d[-/. ]*${month}$`, 'i'),
];

const isTime = (name: string): boolean => forms.some((form) => form.test(name));

/** So many columns that are named by times are no accident. */
const few = 3;

/**
 * Refuses a table with its times as columns, which has no time column.
 *
 * @throws DataError that says how to make it long
 */
export function refuseWide(columns: readonly TableColumn[]): void {
  const times = columns.map(({ name }) => name).filter(isTime);
  if (times.length < few) return;
  const others = columns.map(({ name }) => name).filter((name) => !isTime(name));
  throw new DataError(
    {
      rule: 'a table must have a row for each item and time',
      received: `${times.length} columns that are named by times, ${times[0]} to ${times.at(-1)}`,
      remedy: `make it long, with the columns item, timestamp and value, for example with pandas: table.melt(id_vars=${JSON.stringify(others)}, var_name="timestamp")`,
    },
    { count: times.length },
  );
}
