import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { zoneOf } from '../../shared/frequency/index.ts';

const names = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'],
  ...['Africa/Casablanca', 'Pacific/Apia', 'Pacific/Chatham', 'America/Sao_Paulo', 'UTC', 'Asia/Tehran'],
];
/** From 1970 to 2100. */
const instant = fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => 1000 * seconds);
const zone = fc.constantFrom(...names);
const wallOf = (local: number) =>
  Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();

test('local time is what another implementation says, in any zone', () => {
  fc.assert(
    fc.property(zone, instant, (name, at) => {
      const theirs = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
      expect(zoneOf(name).local(at)).toBe(theirs.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds);
    }),
    { numRuns: 300 },
  );
});

test('a local time is once, twice or never, as another implementation says, around every change of a clock', () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: 1975, max: 2037 }),
      fc.integer({ min: -180, max: 180 }),
      fc.nat(3),
      (name, year, minutes, which) => {
        // Around one of the changes of that year where there are any.
        let at = Temporal.ZonedDateTime.from({ timeZone: name, year, month: 1, day: 1 });
        for (let i = 0; i <= which % 2; i++) at = at.getTimeZoneTransition('next') ?? at;
        const local = zoneOf(name).local(at.epochMilliseconds) + minutes * 60_000;
        const wall = wallOf(local);
        const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
          wall.toZonedDateTime(name, { disambiguation }),
        );
        const exists = earlier?.toPlainDateTime().equals(wall);
        const theirs = exists ? [earlier, later].map((one) => one?.epochMilliseconds) : [];
        const ours = zoneOf(name).instants(local);
        seen.add(ours.length);
        expect(ours).toEqual([...new Set(theirs)]);
      },
    ),
    { numRuns: 500 },
  );
  expect(seen).toEqual(new Set([0, 1, 2]));
});

test('02:30 is twice in a night of autumn, and never in one of spring', () => {
  const { instants } = zoneOf('Europe/Berlin');
  const at = (text: string) => Date.parse(`${text}Z`);
  expect(instants(at('2024-10-27T02:30'))).toEqual([at('2024-10-27T00:30'), at('2024-10-27T01:30')]);
  expect(instants(at('2024-03-31T02:30'))).toEqual([]);
  expect(instants(at('2024-03-31T03:30'))).toEqual([at('2024-03-31T01:30')]);
});

test('a zone that there is not is refused', () => {
  expect(() => zoneOf('Berlin')).toThrow(
    'a time zone must be one of the IANA database, got "Berlin": write for example Europe/Berlin or America/New_York',
  );
});
