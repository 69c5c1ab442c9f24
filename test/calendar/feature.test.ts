import { type CalendarFeature, columnsOf, generate } from '../../shared/calendar/index.ts';
import { parseFrequency, periodIndex } from '../../shared/frequency/index.ts';

const holidays = (more: Partial<CalendarFeature> = {}): CalendarFeature =>
  ({
    generator: 'holidays',
    columns: ['holiday', 'before_holiday', 'after_holiday'],
    country: 'DE',
    dates: ['2024-12-25', '2024-12-26', '2025-01-01'],
    years: [2024, 2025],
    ...more,
  }) as CalendarFeature;

/** The rows from a time on. */
function rows(feature: CalendarFeature, frequency: string, from: string, count: number): number[][] {
  const parsed = parseFrequency(frequency);
  const width = columnsOf(feature.generator, parsed).length;
  const values = generate(feature, parsed, periodIndex(parsed, Date.parse(`${from}Z`)), count);
  expect(values).toHaveLength(count * width);
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}

test('a day is a holiday, or before or after one', () => {
  expect(rows(holidays(), '1d', '2024-12-23T00:00', 5)).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [1, 0, 1],
    [0, 0, 1],
  ]);
});

test('hours are of the day that it is where people are', () => {
  const berlin = holidays({ timezone: 'Europe/Berlin' });
  expect(rows(berlin, '1h', '2024-12-24T22:00', 2).map(([holiday]) => holiday)).toEqual([0, 1]);
  expect(rows(holidays(), '1h', '2024-12-24T22:00', 3).map(([holiday]) => holiday)).toEqual([0, 0, 1]);
});

test('days are by the clock of the data, whatever the zone', () => {
  expect(rows(holidays({ timezone: 'America/New_York' }), '1d', '2024-12-25T00:00', 1)).toEqual([[1, 1, 0]]);
});

test('business days are, longer periods count them', () => {
  expect(rows(holidays(), '1b', '2024-12-24T00:00', 3).map(([holiday]) => holiday)).toEqual([0, 1, 1]);
  expect(rows(holidays(), '1w', '2024-12-16T00:00', 3)).toEqual([[0], [2], [1]]);
  expect(rows(holidays(), '1mo', '2024-11-01T00:00', 3)).toEqual([[0], [2], [1]]);
  expect(rows(holidays(), '1q', '2024-10-01T00:00', 2)).toEqual([[2], [1]]);
});

test('years that are not listed are not known, rather than without holidays', () => {
  expect(rows(holidays(), '1d', '2025-12-31T00:00', 2)).toEqual([
    [0, 0, 0],
    [Number.NaN, Number.NaN, Number.NaN],
  ]);
});

test('the hand of the local clock stands where it stood at the same hour, in winter and in summer', () => {
  const feature: CalendarFeature = {
    generator: 'localTime',
    columns: ['local_day_sin', 'local_day_cos'],
    timezone: 'Europe/Berlin',
  };
  const [winter = []] = rows(feature, '1h', '2024-01-15T05:00', 1);
  const [summer = []] = rows(feature, '1h', '2024-07-15T04:00', 1);
  expect(winter[0]).toBeCloseTo(1, 10);
  expect(winter[1]).toBeCloseTo(0, 10);
  summer.forEach((value, i) => {
    expect(value).toBeCloseTo(winter[i] ?? 0, 10);
  });
});
