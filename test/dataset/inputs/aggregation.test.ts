import { testInputs } from './inputs.ts';

const hours = Array.from({ length: 48 }, (_, i) => {
  const [day, hour] = [1 + Math.floor(i / 24), i % 24];
  return `2024-01-0${day} ${String(hour).padStart(2, '0')}:00,${i % 24 < 12 ? 1 : 3}`;
});
const by = (aggregation: 'sum' | 'mean' | 'median' | 'first' | 'last' | 'min' | 'max') => ({
  ...{ frequency: '1d', aggregation },
});

testInputs([
  ...(
    [
      ['sum', 48],
      ['mean', 2],
      ['median', 2],
      ['first', 1],
      ['last', 3],
      ['min', 1],
      ['max', 3],
    ] as const
  ).map(([method, value]) => ({
    title: `hours become days by ${method}`,
    content: ['ds,y', ...hours],
    options: by(method),
    gives: { series: [value, value] },
    ...{ from: '2024-01-01', frequency: '1d' },
  })),
  {
    title: 'rows in any order are first and last by their time',
    content: ['ds,y', '2024-01-01 20:00,2', '2024-01-01 08:00,1', '2024-01-02 09:00,4', '2024-01-02 07:00,3'],
    options: by('first'),
    gives: { series: [1, 3] },
  },
  {
    title: 'missing values do not count, and nothing but missing ones are missing',
    content: ['ds,y', '2024-01-01 08:00,', '2024-01-01 09:00,5', '2024-01-02 08:00,', '2024-01-03 08:00,1'],
    options: by('sum'),
    gives: { series: [5, null, 1] },
  },
  {
    title: 'each column has its own',
    content: ['ds,y,price', '2024-01-01 08:00,1,2', '2024-01-01 09:00,2,4', '2024-01-02 09:00,3,5'],
    options: { frequency: '1d', target: ['y', 'price'], aggregation: { y: 'sum', price: 'mean' } },
    gives: { series: [3, 3, 3, 5] },
  },
  {
    title: 'irregular rows become weeks from Monday on',
    content: ['ds,y', '2024-01-03 10:12,1', '2024-01-07 23:59,2', '2024-01-08 00:00,4', '2024-01-20 05:00,8'],
    options: { frequency: '1w', aggregation: 'sum' },
    gives: { series: [3, 4 + 0, 8] },
    ...{ from: '2024-01-01', frequency: '1w' },
  },
  {
    title: 'days of a month become the month',
    content: ['ds,y', '2024-01-03,1', '2024-01-31,2', '2024-02-29,4', '2024-04-01,8'],
    options: { frequency: '1mo', aggregation: 'sum' },
    gives: { series: [3, 4, null, 8] },
    ...{ from: '2024-01-01', frequency: '1mo' },
  },
  {
    title: 'a Saturday is of the Friday before',
    content: ['ds,y', '2024-01-04,1', '2024-01-05,2', '2024-01-06,4', '2024-01-08,8'],
    options: { frequency: '1b', aggregation: 'sum' },
    gives: { series: [1, 6, 8] },
  },
  {
    title: 'local days have 23 hours and 25',
    content: [
      'ds,y',
      ...['2024-03-30', '2024-03-31', '2024-10-27'].flatMap((date) =>
        Array.from({ length: 24 }, (_, hour) => `${date} ${String(hour).padStart(2, '0')}:00`)
          .filter((time) => time !== '2024-03-31 02:00')
          .flatMap((time) => (time === '2024-10-27 02:00' ? [`${time},1`, `${time},1`] : [`${time},1`])),
      ),
    ],
    options: { ...by('sum'), timezone: 'Europe/Berlin' },
    gives: { series: [24, 23, ...Array.from({ length: 209 }, () => null), 25] },
  },
  {
    title: 'two rows of one time, that differ, become one',
    content: ['item,ds,y', 'a,2024-01-01,1', 'a,2024-01-01,3', 'a,2024-01-02,4', 'b,2024-01-01,5'],
    options: { aggregation: 'mean' },
    gives: { a: [2, 4], b: [5] },
  },
  {
    title: 'without it they are refused',
    content: ['ds,y', '2024-01-01,1', '2024-01-01,3', '2024-01-02,4'],
    message:
      'an item must have one row for each time, got two that differ for 2024-01-01 00:00:00, line 2 of t.csv and line 3 of t.csv: keep one of them, or say with the option aggregation what becomes of them',
  },
]);
