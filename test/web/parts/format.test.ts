import { formatsOf, none } from '../../../web/format/formats.ts';
import { axisZone, hasClock, timeOf } from '../../../web/format/times.ts';

const [en, zh] = [formatsOf('en'), formatsOf('zh')];
/** Kinds of spaces differ between versions of ICU. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ');

test('numbers have four digits, large ones all before the point', () => {
  for (const { number } of [en, zh]) {
    expect([1234.5678, 0.0123456, 123_456.7, 0, -2.5].map(number)).toEqual([
      ...['1,235', '0.01235', '123,457', '0', '-2.5'],
    ]);
    expect([null, Number.NaN, Number.POSITIVE_INFINITY].map(number)).toEqual([none, none, none]);
  }
  expect(plain(en.share(0.805))).toBe('80.5%');
  expect(plain(en.money(0.0034))).toBe('US$0.003');
  expect(plain(zh.money(0.0034))).toBe('US$0.003');
});

test('moments are told by the clock of the zone, days have none', () => {
  const at = Date.UTC(2024, 6, 1, 22, 30);
  const berlin = { zone: 'Europe/Berlin', clock: true };
  expect(en.time(at, berlin)).toBe('2 Jul 2024, 00:30');
  expect(zh.time(at, berlin)).toBe('2024年7月2日 00:30');
  expect(en.time(at, { zone: 'UTC', clock: false })).toBe('1 Jul 2024');
  expect(zh.time(at, { zone: 'UTC', clock: false })).toBe('2024年7月1日');
});

test('labels of an axis say what changes from one to the next', () => {
  const hours = Array.from({ length: 4 }, (_, i) => Date.UTC(2024, 6, 1, 12 + 6 * i));
  const clock = { zone: 'UTC', clock: true };
  expect(en.ticks(hours, clock)).toEqual(['12:00\n1 Jul', '18:00', '00:00\n2 Jul', '06:00']);
  expect(en.ticks(hours, { ...clock, clock: false })).toEqual(['1 Jul', '1 Jul', '2 Jul', '2 Jul']);
  expect(zh.ticks([Date.UTC(2024, 0), Date.UTC(2024, 3)], clock)).toEqual(['2024年1月', '2024年4月']);
});

test('ages and durations are in words', () => {
  const now = Date.UTC(2024, 6, 10);
  const before = (seconds: number) => now - 1000 * seconds;
  expect([5, 90, 7200, 3 * 86_400].map((seconds) => en.age(before(seconds), now))).toEqual([
    ...['5 seconds ago', '1 minute ago', '2 hours ago', '3 days ago'],
  ]);
  expect(zh.age(before(3 * 86_400), now)).toBe('3天前');
  expect([42, 150, 3600, 5400].map((seconds) => plain(en.duration(seconds)))).toEqual([
    ...['42 secs', '3 mins', '1 hr', '1 hr 30 mins'],
  ]);
  expect([0, 812, 12_345, 5_600_000].map((count) => plain(en.bytes(count)))).toEqual([
    ...['0 byte', '812 byte', '12 kB', '5.6 MB'],
  ]);
});

test('only what is shorter than a day has a clock and a zone', () => {
  const clocks = ['1h', '15min', '1s', '500ms', '1d', '1w', '1b', '1mo', '1q', '1y'].map(hasClock);
  expect(clocks).toEqual([true, true, true, true, false, false, false, false, false, false]);
  expect([axisZone('1h', 'Europe/Berlin'), axisZone('1h', null), axisZone('1d', 'Europe/Berlin')]).toEqual([
    ...['Europe/Berlin', 'UTC', 'UTC'],
  ]);
  expect(timeOf('2024-01-02')).toBe(Date.UTC(2024, 0, 2));
  expect(timeOf('2024-01-02T03:00:00Z')).toBe(Date.UTC(2024, 0, 2, 3));
});
