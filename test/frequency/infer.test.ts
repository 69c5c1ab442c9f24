import {
  anchorFrequency,
  inferFrequency,
  parseFrequency,
  printFrequency,
  timestampOf,
} from '../../shared/frequency/index.ts';

const utc = (text: string) => Date.parse(text.length > 10 ? `${text}Z` : `${text}T00:00:00Z`);
const times = (...texts: string[]) => texts.map(utc);
const every = (text: string, count: number, phase = {}) =>
  Array.from({ length: count }, (_, i) => timestampOf({ ...parseFrequency(text), ...phase }, 600 + i));

test.each([
  '1s',
  '30s',
  '1min',
  '15min',
  '1h',
  '6h',
  '1d',
  '2d',
  '1b',
  '1w',
  '2w',
  '1mo',
  '5mo',
  '1q',
  '2q',
  '1y',
  '10y',
])('regular timestamps %s apart are inferred with confidence 1', (text) => {
  const found = inferFrequency([every(text, 20)]);
  expect(found).toMatchObject({ confidence: 1, fits: 1 });
  expect(found && printFrequency(found.frequency)).toBe(text);
});

test.each([
  [
    'weeks from Wednesday',
    every('1w', 9, { offset: 6 * 86_400_000 }),
    { unit: 'week', offset: 6 * 86_400_000 },
  ],
  ['days at 06:00', every('1d', 9, { offset: 21_600_000 }), { unit: 'day', offset: 21_600_000 }],
  ['hours at a quarter past', every('1h', 9, { offset: 900_000 }), { unit: 'hour', offset: 900_000 }],
  ['month ends', every('1mo', 9, { day: 31 }), { unit: 'month', day: 31 }],
  ['month ends of short months only', times('2023-02-28', '2023-04-30', '2023-06-30'), { day: 31 }],
  ['the 30th, in February the last', every('1mo', 9, { day: 30 }), { unit: 'month', day: 30 }],
  ['the 15th at noon', every('1mo', 9, { day: 15, time: 43_200_000 }), { day: 15, time: 43_200_000 }],
  ['quarters from February', every('1q', 9, { offset: 1 }), { unit: 'quarter', offset: 1 }],
  ['years ending in September', every('1y', 9, { offset: 8, day: 31 }), { unit: 'year', offset: 8, day: 31 }],
  ['two months', times('2024-01-01', '2024-02-01'), { unit: 'month', multiple: 1 }],
  ['four weeks', times('2024-01-01', '2024-01-29', '2024-02-26'), { unit: 'week', multiple: 4 }],
])('the phase of %s is kept', (_, timestamps, expected) => {
  expect(inferFrequency([timestamps])).toMatchObject({ frequency: expected, confidence: 1 });
});

/** 20 days from Monday on, without those that fall on one of these days of the week. */
const daysWithout = (...weekdays: number[]) =>
  Array.from({ length: 20 }, (_, i) => timestampOf(parseFrequency('1d'), 4 + i)).filter(
    (time) => !weekdays.includes(new Date(time).getUTCDay()),
  );

test('gaps lower the confidence, not the fit: days without Sunday are days', () => {
  const days = daysWithout(0);
  expect(inferFrequency([days])).toMatchObject({ frequency: { unit: 'day', multiple: 1 }, fits: 1 });
  expect(inferFrequency([days])?.confidence).toBeCloseTo(15 / 17, 10);
});

test('days from Monday to Friday are business days, at their time of day', () => {
  const morning = daysWithout(0, 6).map((time) => time + 32_400_000);
  expect(inferFrequency([morning])).toEqual({
    frequency: { unit: 'businessDay', multiple: 1, offset: 0, day: 1, time: 32_400_000 },
    ...{ confidence: 1, fits: 1 },
  });
  // A holiday is a gap.
  expect(inferFrequency([morning.filter((_, i) => i !== 7)])?.confidence).toBeCloseTo(12 / 13, 10);
});

test('one day of a weekend, a weekday that never is, or too few weekends make no business days', () => {
  const saturday = daysWithout(0, 6)
    .concat(timestampOf(parseFrequency('1d'), 9))
    .sort((a, b) => a - b);
  for (const days of [saturday, daysWithout(0, 6, 3), daysWithout(0, 6).slice(0, 8)])
    expect(inferFrequency([days])?.frequency.unit).toBe('day');
});

test('where no step is a multiple of the others, their common divisor is the period', () => {
  const hours = [0, 2, 5, 7, 10, 12, 15, 17, 20].map((hour) => hour * 3_600_000);
  expect(inferFrequency([hours])).toMatchObject({ frequency: { unit: 'hour', multiple: 1 }, fits: 1 });
});

test('one stray timestamp does not change the frequency', () => {
  const hours = [...every('1h', 50), timestampOf(parseFrequency('1h'), 620) + 60_000].sort((a, b) => a - b);
  expect(inferFrequency([hours])).toMatchObject({ frequency: { unit: 'hour', multiple: 1, offset: 0 } });
});

test('items without a step count through the others', () => {
  expect(inferFrequency([times('2024-01-01'), [], every('1d', 3)])).toMatchObject({
    frequency: { unit: 'day' },
  });
});

test('without two timestamps, or with less than a second between them, there is no frequency', () => {
  expect(inferFrequency([times('2024-01-01'), times('2024-01-02')])).toBeNull();
  expect(inferFrequency([[0, 500, 1000]])).toBeNull();
});

test('a frequency that is asked for takes the phase that most timestamps have', () => {
  const wednesdays = every('1w', 5, { offset: 6 * 86_400_000 });
  expect(anchorFrequency(parseFrequency('1w'), [wednesdays]).offset).toBe(6 * 86_400_000);
  expect(anchorFrequency(parseFrequency('1mo'), [times('2024-01-31', '2024-02-29')])).toMatchObject({
    day: 31,
  });
  expect(anchorFrequency(parseFrequency('1w'), [])).toEqual(parseFrequency('1w'));
});
