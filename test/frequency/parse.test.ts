import fc from 'fast-check';
import {
  isoPeriod,
  parseFrequency,
  parsePeriod,
  parseTime,
  printPeriod,
} from '../../shared/frequency/index.ts';

const refused = (text: string, remedy: unknown = expect.anything()) =>
  expect.objectContaining({
    code: 'FREQUENCY',
    complaint: expect.objectContaining({ received: JSON.stringify(text), remedy }),
  });

test.each([
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['2024-02-29 06:30', '2024-02-29T06:30:00.000Z'],
  ['2024-01-31T06:00:00', '2024-01-31T06:00:00.000Z'],
  ['2024-01-31T06:00:00Z', '2024-01-31T06:00:00.000Z'],
  ['2024-01-31t06:00:07.25z', '2024-01-31T06:00:07.250Z'],
  ['2024-01-31T06:00:00.123000Z', '2024-01-31T06:00:00.123Z'],
  ['2024-01-31T00:30:00+02:00', '2024-01-30T22:30:00.000Z'],
  ['2024-01-31 00:30-0530', '2024-01-31T06:00:00.000Z'],
  ['0044-03-15', '0044-03-15T00:00:00.000Z'],
  [' 1969-12-31T23:59:59Z ', '1969-12-31T23:59:59.000Z'],
])('the timestamp %j is %s', (text, expected) => {
  expect(new Date(parseTime(text)).toISOString()).toBe(expected);
});

test.each([
  '',
  '2024',
  '2024-01',
  '2023-02-29',
  '2024-04-31',
  '2024-13-01',
  '2024-00-01',
  '2024-01-00',
  '2024-01-31T24:00',
  '2024-01-31T06:60',
  '2024-01-31T06:00:60Z',
  '2024-01-31T06',
  '2024-01-31Z',
  '2024-01-31T06:00+24:00',
  '2024-01-31T06:00+02:60',
  '2024-01-31T06:00:00.0001Z',
  '31.01.2024',
  '1706659200',
  '2024-01-31T06:00:00Z and more',
])('%j is no timestamp', (text) => {
  expect(() => parseTime(text)).toThrow(refused(text));
});

test('a timestamp is read as Date.parse reads it, whatever the zone', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-31'), noInvalidDate: true }),
      fc.integer({ min: -1439, max: 1439 }),
      (date, zone) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const local = new Date(date.getTime() + 60_000 * zone).toISOString().slice(0, -1);
        const text = `${local}${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}`;
        expect(parseTime(text)).toBe(date.getTime());
      },
    ),
  );
});

test('a period that is printed, either way, is read again as the same period', () => {
  const phases = [
    parseFrequency('15min'),
    { ...parseFrequency('1h'), offset: 900_000 },
    parseFrequency('1d'),
    parseFrequency('1w'),
    { ...parseFrequency('1mo'), day: 31 },
    { ...parseFrequency('1q'), day: 15, time: 6 * 3_600_000 },
    parseFrequency('1y'),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...phases), fc.integer({ min: -1900, max: 7000 }), (frequency, index) => {
      expect(parsePeriod(frequency, printPeriod(frequency, index))).toBe(index);
      expect(parsePeriod(frequency, isoPeriod(frequency, index))).toBe(index);
    }),
  );
  expect(isoPeriod(parseFrequency('1h'), 0)).toBe('1970-01-01T00:00:00Z');
  expect(isoPeriod(parseFrequency('1d'), 1)).toBe('1970-01-02');
});

test('a timestamp between two periods is refused, naming both', () => {
  const monthEnds = { ...parseFrequency('1mo'), day: 31 };
  expect(() => parsePeriod(parseFrequency('1h'), '2024-01-31 06:10')).toThrow(
    refused('2024-01-31 06:10', 'the nearest are 2024-01-31T06:00:00Z and 2024-01-31T07:00:00Z'),
  );
  expect(() => parsePeriod(monthEnds, '2024-02-01')).toThrow(
    refused('2024-02-01', 'the nearest are 2024-01-31 and 2024-02-29'),
  );
  expect(parsePeriod(monthEnds, '2024-02-29')).toBe(54 * 12 + 1);
});
