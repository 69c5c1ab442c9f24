import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { readDataset } from '../../shared/dataset/index.ts';
import { printFrequency } from '../../shared/frequency/index.ts';
import { lines, tableFolder } from './files.ts';
import { targetsOf } from './inputs/inputs.ts';

const { csv } = tableFolder();

const zones = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'],
  ...['Pacific/Chatham', 'Africa/Cairo', 'UTC', 'America/Santiago'],
];
/** How another implementation of calendars goes from a period to the next. */
const steps: Readonly<Record<string, Temporal.DurationLike>> = {
  ...{ '15min': { minutes: 15 }, '30min': { minutes: 30 }, '1h': { hours: 1 }, '6h': { hours: 6 } },
  ...{ '1d': { days: 1 }, '1w': { weeks: 1 }, '2w': { weeks: 2 }, '1mo': { months: 1 }, '1q': { months: 3 } },
  '1y': { years: 1 },
};

/** A clock that stands still at midnight in some years has days that begin later: days are written as dates. */
const written = (at: Temporal.ZonedDateTime, frequency: string): string =>
  /h|min/.test(frequency)
    ? at.toPlainDateTime().toString({ smallestUnit: 'minute' })
    : at.toPlainDate().toString();

test('periods that another calendar counts in any zone are periods of ours, none missing and none twice', async () => {
  const spans = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zones),
      fc.constantFrom(...Object.keys(steps)),
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 2, max: 120 }),
      fc.boolean(),
      async (timeZone, frequency, hours, count, isNearChange) => {
        const begin = Temporal.Instant.from('1995-01-01T00:00Z').add({ hours: 6 * hours });
        const any = begin.toZonedDateTimeISO(timeZone);
        const change = isNearChange ? any.getTimeZoneTransition('next') : null;
        const first = change?.subtract({ hours: 12 }) ?? any;
        const start = /h|min/.test(frequency) ? first : first.with({ day: Math.min(first.day, 28) });
        const times = Array.from({ length: count }, (_, i) => {
          const [[unit = 'days', many = 1] = []] = Object.entries(steps[frequency] ?? {}) as [
            string,
            number,
          ][];
          return start.add({ [unit]: many * i });
        });
        const rows = times.map((at, i) => `${written(at, frequency)},${i}`);
        const { panel } = await readDataset(await csv(lines('ds,y', ...rows)), {
          ...{
            timezone: timeZone,
            frequency,
            timestampFormat: /h|min/.test(frequency) ? '%Y-%m-%dT%H:%M' : '%Y-%m-%d',
          },
        });
        expect(printFrequency(panel.frequency)).toBe(frequency);
        expect(targetsOf(panel)).toEqual({ series: times.map((_, i) => i) });
        spans.add(frequency);
      },
    ),
    { numRuns: 60 },
  );
  expect(spans.size).toBeGreaterThan(5);
}, 60_000);
