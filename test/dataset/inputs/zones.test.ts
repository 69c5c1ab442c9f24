import { type Input, testInputs } from './inputs.ts';

const berlin = { timezone: 'Europe/Berlin' };
const rows = (...lines: readonly string[]) => ['ds,y', ...lines.map((line, i) => `${line},${i}`)];
const read = (title: string, lines: readonly string[], more: Partial<Input>): Input => ({
  ...{ title, content: rows(...lines), options: berlin },
  gives: { series: lines.map((_, i) => i) },
  ...more,
});
const hours = (date: string, ...clock: readonly number[]) =>
  clock.map((hour) => `${date} ${String(hour).padStart(2, '0')}:00`);

testInputs([
  read('local hours are in UTC', hours('2024-01-01', 0, 1, 2, 3), {
    from: '2023-12-31 23:00:00',
    frequency: '1h',
  }),
  read('the night that has one hour less has no gap', hours('2024-03-31', 0, 1, 3, 4), {
    ...{ from: '2024-03-30 23:00:00', frequency: '1h' },
  }),
  read('the night that has one hour twice has both', hours('2024-10-27', 0, 1, 2, 2, 3), {
    ...{ from: '2024-10-26 22:00:00', frequency: '1h' },
  }),
  {
    title: 'an hour that is there once is the earlier one, the other is missing',
    content: rows(...hours('2024-10-27', 0, 1, 2, 3)),
    options: { ...berlin, frequency: '1h' },
    gives: { series: [0, 1, 2, null, 3] },
  },
  {
    title: 'each item has the hour twice',
    content: [
      'item,ds,y',
      ...['a', 'b'].flatMap((item) =>
        hours('2024-10-27', 1, 2, 2, 3).map((time, i) => `${item},${time},${i}`),
      ),
    ],
    options: berlin,
    gives: { a: [0, 1, 2, 3], b: [0, 1, 2, 3] },
  },
  {
    title: 'a table twice over is merged, the hour that is there twice too',
    content: rows(...hours('2024-10-27', 1, 2, 2, 3)).flatMap((line, i) => (i === 0 ? [line] : [line, line])),
    options: { ...berlin, frequency: '1h' },
    message: /^an item must have one row for each time, got two that differ for 2024-10-27 02:00:00, line 4/,
  },
  read('days are local days, in summer and in winter', ['2024-03-30', '2024-03-31', '2024-04-01'], {
    ...{ from: '2024-03-30', frequency: '1d' },
  }),
  read(
    'midnights with their offsets are local days',
    ['2024-03-30T00:00:00+01:00', '2024-03-31T00:00:00+01:00', '2024-04-01T00:00:00+02:00'],
    { from: '2024-03-30', frequency: '1d' },
  ),
  read(
    'the same in UTC are local days',
    ['2024-03-29T23:00:00Z', '2024-03-30T23:00:00Z', '2024-03-31T22:00:00Z'],
    {
      ...{ from: '2024-03-30', frequency: '1d' },
    },
  ),
  read('hours with their offsets are as they are', ['2024-03-31T01:00+01:00', '2024-03-31T03:00+02:00'], {
    ...{ from: '2024-03-31 00:00:00', frequency: '1h' },
  }),
  {
    title: '02:30 in the night in which there was none is refused',
    content: rows('2024-03-31 01:00', '2024-03-31 01:30', '2024-03-31 02:30'),
    options: berlin,
    message:
      'a local time must be one that there was in Europe/Berlin, whose clocks are set forward once a year, got 2024-03-31 02:30:00 in line 4 of t.csv, column ds: mend it, or leave timezone out where the times are UTC',
    place: { line: 4, column: 'ds' },
  },
  {
    title: 'without a zone 02:30 is UTC',
    content: rows('2024-03-31 01:30', '2024-03-31 02:00', '2024-03-31 02:30'),
    gives: { series: [0, 1, 2] },
    from: '2024-03-31 01:30:00',
  },
  {
    title: 'two rows that differ are found by their local time',
    content: ['ds,y', '2024-01-01 00:00,1', '2024-01-01 01:00,2', '2024-01-01 01:00,3', '2024-01-01 02:00,4'],
    options: berlin,
    message:
      'an item must have one row for each time, got two that differ for 2024-01-01 01:00:00, line 3 of t.csv and line 4 of t.csv: keep one of them, or say with the option aggregation what becomes of them',
  },
  {
    title: 'a zone that there is not is refused',
    content: rows('2024-01-01', '2024-01-02'),
    options: { timezone: 'Berlin' },
    code: 'FREQUENCY',
    message:
      'a time zone must be one of the IANA database, got "Berlin": write for example Europe/Berlin or America/New_York',
  },
]);
