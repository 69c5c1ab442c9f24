import { type Input, testInputs } from './inputs.ts';

/** A table of these timestamps, with 0, 1, 2, … as values. */
const at = (...timestamps: readonly (string | number)[]) => [
  'ds;y',
  ...timestamps.map((timestamp, i) => `${timestamp};${i}`),
];
const read = (
  title: string,
  timestamps: readonly (string | number)[],
  from: string,
  frequency: string,
  more: Partial<Input> = {},
): Input => ({
  ...{ title, from, frequency, content: at(...timestamps) },
  gives: { series: timestamps.map((_, i) => i) },
  ...more,
});

testInputs([
  read('years', [1998, 1999, 2000], '1998-01-01', '1y'),
  read('months', ['1998-01', '1998-02', '1998-03'], '1998-01-01', '1mo'),
  read('months with a slash', ['1998/11', '1998/12', '1999/01'], '1998-11-01', '1mo'),
  read('months before the year', ['11/1998', '12/1998', '01/1999'], '1998-11-01', '1mo'),
  read('months as digits', [199811, 199812, 199901], '1998-11-01', '1mo'),
  read('months by name', ['Nov 1998', 'Dec 1998', 'Jan 1999'], '1998-11-01', '1mo'),
  read('months by name and two digits', ['Nov-98', 'Dec-98', 'Jan-99'], '1998-11-01', '1mo'),
  read('quarters', ['1998 Q3', '1998 Q4', '1999 Q1'], '1998-07-01', '1q'),
  read('quarters without a blank', ['1998Q3', '1998Q4', '1999Q1'], '1998-07-01', '1q'),
  read('quarters before the year', ['Q3 1998', 'Q4 1998', 'Q1 1999'], '1998-07-01', '1q'),
  read('ISO weeks', ['2020-W52', '2020-W53', '2021-W01'], '2020-12-21', '1w'),
  read('ISO weeks without a hyphen', ['2020W52', '2020W53', '2021W01'], '2020-12-21', '1w'),
  read('days of ISO weeks', ['2020-W53-6', '2020-W53-7', '2021-W01-1'], '2021-01-02', '1d'),
  read('dates with slashes', ['2024/01/31', '2024/02/01', '2024/02/02'], '2024-01-31', '1d'),
  read('dates with points', ['31.01.2024', '01.02.2024', '02.02.2024'], '2024-01-31', '1d'),
  read('dates as digits', [20240131, 20240201, 20240202], '2024-01-31', '1d'),
  read('dates by name', ['31-Jan-2024', '1-Feb-2024', '2-feb-2024'], '2024-01-31', '1d'),
  read('dates in American', ['January 31, 2024', 'February 1, 2024'], '2024-01-31', '1d'),
  read('the day first, as the data show', ['30/01/2024', '31/01/2024', '01/02/2024'], '2024-01-30', '1d'),
  read('the month first, as the data show', ['1/30/2024', '1/31/2024', '2/1/2024'], '2024-01-30', '1d'),
  read('the month first, in two digits', ['12/31/23', '01/01/24', '01/02/24'], '2023-12-31', '1d'),
  read('the day first, as told', ['01/02/2024', '02/02/2024'], '2024-02-01', '1d', {
    options: { timestampFormat: '%d/%m/%Y' },
  }),
  read('the month first, as told', ['01/02/2024', '01/03/2024'], '2024-01-02', '1d', {
    options: { timestampFormat: '%m/%d/%Y' },
  }),
  read(
    'times of day',
    ['31.01.2024 22:00', '31.01.2024 23:00', '1.2.2024 0:00'],
    '2024-01-31 22:00:00',
    '1h',
  ),
  read('noon and midnight', ['1/31/2024 11:00 PM', '2/1/2024 12:00 AM'], '2024-01-31 23:00:00', '1h'),
  read('seconds since 1970', [1706745600, 1706749200, 1706752800], '2024-02-01 00:00:00', '1h'),
  read('milliseconds since 1970', [1706745600000, 1706749200000], '2024-02-01 00:00:00', '1h'),
  read('seconds in 1970, as told', [0, 3600, 7200], '1970-01-01 00:00:00', '1h', {
    options: { timestampFormat: 'epoch seconds' },
  }),
  read('days in 1970', ['1970-01-01', '1970-01-02'], '1970-01-01', '1d'),
  read('days before 1970', ['1969-12-30', '1969-12-31', '1970-01-01'], '1969-12-30', '1d'),
  read('days of Excel', [45322, 45323, 45324], '2024-01-31', '1d'),
  read('hours of Excel', ['45322.9583333333', '45323', '45323.0416666667'], '2024-01-31 23:00:00', '1h'),
  read('blanks around them', [' 31.01.2024 ', '01.02.2024'], '2024-01-31', '1d'),
  read('business days', ['2024-01-04', '2024-01-05', '2024-01-08', '2024-01-09'], '2024-01-04', '1b', {
    options: { frequency: '1b' },
  }),
  read('month ends', ['2024-01-31', '2024-02-29', '2024-03-31'], '2024-01-31', '1mo'),
  read('weeks to Sunday', ['2024-01-07', '2024-01-14', '2024-01-21'], '2024-01-07', '1w'),
  {
    title: 'an order of day and month that nothing tells is asked for',
    content: at('01/02/2024', '02/02/2024', '03/02/2024'),
    message:
      'it must be clear whether the day or the month comes first, got timestamps such as "01/02/2024", none of which tells: say with the option timestampFormat which: %d/%m/%Y or %m/%d/%Y',
    place: { column: 'ds' },
  },
  {
    title: 'two orders in one column are refused by the rarer one',
    content: at('30/01/2024', '31/01/2024', '02/13/2024'),
    message:
      'a timestamp must be written as %d/%m/%Y, as the others are, got "02/13/2024" in line 4 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
    place: { line: 4, column: 'ds' },
  },
  {
    title: 'a footer "Total" is refused with its line',
    content: [...at('31.01.2024', '01.02.2024'), 'Total;1'],
    message:
      'a timestamp must be written as %d.%m.%Y, as the others are, got "Total" in line 4 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
  {
    title: 'a fifth quarter is refused',
    content: at('1998 Q3', '1998 Q4', '1998 Q5'),
    message:
      'a timestamp must be a quarter such as 1998 Q1, got "1998 Q5" in line 4 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
  {
    title: 'a week 54 is refused',
    content: at('2021-W51', '2021-W52', '2021-W54'),
    message: /^a timestamp must be an ISO week such as 2024-W05, got "2021-W54" in line 4 of t\.csv/,
  },
  {
    title: 'a date that is none is refused',
    content: at('30.01.2024', '31.01.2024', '32.01.2024'),
    message: /got "32\.01\.2024" in line 4 of t\.csv, column ds/,
  },
  {
    title: 'the year 55000 is refused',
    content: at('2024-01-01', '55000-01-01'),
    message: /^a timestamp must be an ISO date or time .*, got "55000-01-01" in line 3 of t\.csv/,
  },
  {
    title: 'times with and without a zone in one column are refused',
    content: at('2024-01-01 00:00', '2024-01-01 01:00', '2024-01-01T02:00Z'),
    message:
      'a timestamp must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00, got "2024-01-01T02:00Z" in line 4 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
  {
    title: 'a time without a zone among others with one is refused',
    content: at('2024-01-01T00:00+01:00', '2024-01-01T01:00+01:00', '2024-01-01T02:00'),
    message:
      'a timestamp must be an ISO date and time with a zone, such as 2024-01-31T06:00:00Z, got "2024-01-01T02:00" in line 4 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
]);
