import type { TimeForm } from './time-form.ts';

/** Numbers from such a text in a range, as milliseconds. */
const scaled = (
  name: string,
  rule: string,
  [least, greatest]: readonly [number, number],
  milliseconds: (number: string) => string,
): TimeForm => ({
  name,
  rule: `must be ${rule}`,
  isLocal: name === 'Excel days',
  sql(word) {
    const number = `TRY_CAST(trim(${word}) AS DOUBLE)`;
    return `CASE WHEN ${number} BETWEEN ${least} AND ${greatest} THEN ${milliseconds(number)} END`;
  },
});

const compact = (name: string, example: string, format: string, digits: number): TimeForm => ({
  name,
  rule: `must be digits such as ${example}`,
  isLocal: true,
  sql: (word) =>
    `CASE WHEN strlen(trim(${word})) = ${digits} THEN epoch_us(try_strptime(trim(${word}), '${format}')) / 1000.0 END`,
});

/** From the year 1900 to 2200, in seconds. */
const seconds = [-2_208_988_800, 7_258_118_400] as const;

export const epochSeconds = scaled(
  'epoch seconds',
  'seconds since 1970 such as 1706680800',
  seconds,
  (number) => `round(${number} * 1000)`,
);
export const epochMilliseconds = scaled(
  'epoch milliseconds',
  'milliseconds since 1970 such as 1706680800000',
  [1000 * seconds[0], 1000 * seconds[1]],
  (number) => `round(${number})`,
);
/** Days since 1899-12-30: what Excel has counted since March 1900. To the second, which is what its digits keep. */
export const excelDays = scaled(
  'Excel days',
  'days as Excel counts them, such as 45322.25',
  [61, 109_575],
  (number) => `round((${number} - 25569) * 86400) * 1000`,
);

/** Columns of times that hold numbers, by how many digits these have. */
export const numberForms: readonly { matches: (word: string) => boolean; form: TimeForm }[] = [
  { matches: (word) => /^(1[0-9]|20|21)\d{2}$/.test(word), form: compact('year', '1998', '%Y', 4) },
  {
    matches: (word) => /^(19|20)\d{2}(0[1-9]|1[0-2])$/.test(word),
    form: compact('year and month', '199801', '%Y%m', 6),
  },
  {
    matches: (word) => /^(1[5-9]|2[01])\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(word),
    form: compact('date', '19980131', '%Y%m%d', 8),
  },
  { matches: (word) => /^[2-6]\d{4}(\.\d+)?$/.test(word), form: excelDays },
  { matches: (word) => /^\d{9,10}(\.\d+)?$/.test(word), form: epochSeconds },
  { matches: (word) => /^\d{12,13}(\.\d+)?$/.test(word), form: epochMilliseconds },
];
