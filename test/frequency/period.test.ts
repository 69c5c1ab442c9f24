import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  type Frequency,
  parseFrequency,
  periodIndex,
  periodsOf,
  printPeriod,
  printTime,
  timestampOf,
} from '../../shared/frequency/index.ts';

const plain = (text: string, phase: Partial<Frequency> = {}): Frequency => ({
  ...parseFrequency(text),
  ...phase,
});
const utc = (text: string) => Date.parse(`${text}Z`);

const frequencies = fc
  .record({
    unit: fc.constantFrom('s', 'min', 'h', 'd', 'b', 'w', 'mo', 'q', 'y'),
    multiple: fc.integer({ min: 1, max: 90 }),
    phase: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    day: fc.integer({ min: 1, max: 31 }),
    time: fc.integer({ min: 0, max: 86_399_999 }),
  })
  .map(({ unit, multiple, phase, day, time }): Frequency => {
    const frequency = parseFrequency(`${multiple}${unit}`);
    const length = timestampOf(frequency, 1) - timestampOf(frequency, 0);
    const months = new Map([
      ['mo', 1],
      ['q', 3],
      ['y', 12],
    ]).get(unit);
    if (unit === 'b') return { ...frequency, offset: Math.floor(phase * multiple), time };
    return months
      ? { ...frequency, offset: Math.floor(phase * months * multiple), day, time }
      : { ...frequency, offset: Math.floor(phase * length) };
  });
const indices = fc.integer({ min: -20_000, max: 20_000 });

test('a period begins at a timestamp whose index is the period, in every unit and phase', () => {
  fc.assert(
    fc.property(frequencies, indices, (frequency, index) => {
      const { index: indexOf, timestamp } = periodsOf(frequency);
      fc.pre(Math.abs(timestamp(index)) < 8.64e15); // the span of Date, in which milliseconds are exact
      expect(indexOf(timestamp(index))).toBe(index);
      expect(indexOf(timestamp(index) - 1)).toBe(index - 1);
      expect(timestamp(index + 1)).toBeGreaterThan(timestamp(index));
    }),
  );
});

test('calendar periods begin where Date has the same year, month and day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 20_000 }), fc.integer({ min: 1, max: 31 }), (index, day) => {
      const began = new Date(timestampOf(plain('1mo', { day }), index));
      const last = new Date(Date.UTC(1970, index + 1, 0)).getUTCDate();
      expect(began.toISOString()).toBe(new Date(Date.UTC(1970, index, Math.min(day, last))).toISOString());
    }),
  );
});

test.each([
  ['1h', {}, '1970-01-02T05:59:59.999', 29],
  ['1h', { offset: 900_000 }, '1970-01-01T00:14:00', -1],
  ['1d', { offset: 6 * 3_600_000 }, '1970-01-03T05:00:00', 1],
  ['1w', {}, '1970-01-04T23:00:00', -1],
  ['1mo', {}, '1971-03-31T23:00:00', 14],
  ['1mo', { day: 31 }, '1970-02-27T00:00:00', 0],
  ['1mo', { day: 31 }, '1970-02-28T00:00:00', 1],
  ['1q', {}, '1969-12-31T00:00:00', -1],
  ['1y', { offset: 3, day: 6 }, '1972-04-05T00:00:00', 1],
])('with %s at phase %j the period of %s is %i', (text, phase, time, index) => {
  expect(periodIndex(plain(text, phase), utc(time))).toBe(index);
});

test('periods of a day or longer that begin at midnight print as dates, others with their time', () => {
  const index = 700;
  const printed = (text: string, phase: Partial<Frequency> = {}) => printPeriod(plain(text, phase), index);
  expect(printed('1d')).toBe('1971-12-02');
  expect(printed('1d', { offset: 6 * 3_600_000 })).toBe('1971-12-02 06:00:00');
  expect(printed('1w')).toBe('1983-06-06');
  expect(printed('1mo', { day: 31 })).toBe('2028-05-31');
  expect(printed('1mo', { time: 60_000 })).toBe('2028-05-01 00:01:00');
  expect(printed('1h')).toBe('1970-01-30 04:00:00');
  expect(printed('24h')).toBe('1971-12-02 00:00:00');
});

test('a fraction of a second is printed only where there is one', () => {
  expect(printTime(utc('2024-01-31T06:00:00'))).toBe('2024-01-31 06:00:00');
  expect(printTime(utc('2024-01-31T06:00:00.250'))).toBe('2024-01-31 06:00:00.250');
});

test('business days are those that another calendar calls Monday to Friday, and a weekend is of the Friday before', () => {
  const monday = Temporal.PlainDate.from('1969-12-29');
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 60_000 }), (days) => {
      const date = monday.add({ days });
      const at = Date.parse(`${date}T00:00Z`);
      const periods = periodsOf(plain('1b'));
      const index = periods.index(at);
      const friday = date.dayOfWeek > 5 ? date.subtract({ days: date.dayOfWeek - 5 }) : date;
      expect(periods.timestamp(index)).toBe(Date.parse(`${friday}T00:00Z`));
      const before = Math.floor(days / 7);
      expect(index).toBe(5 * before + friday.dayOfWeek - 1);
    }),
  );
});
