import { costOf, newJob, setting, used } from '../../shared/documents/index.ts';

const job = newJob('d', 'j', { fingerprint: 'f', objects: [], parent: null }, new Date(1_000_000));

test('a gigabyte for an hour costs six cents', () => {
  expect(costOf(3600)).toBeCloseTo(0.06, 6);
});

test('steps side by side add up in memory and not in time', () => {
  const first = { ...job, ...used(job, { began: 1_010_000, now: 1_040_000, gigabytes: 2 }) };
  expect(first).toMatchObject({ seconds: 40, gigabyteSeconds: 60, cost: costOf(60) });
  const second = used(first, { began: 1_010_000, now: 1_050_000, gigabytes: 0.5 });
  expect(second).toEqual({ seconds: 50, gigabyteSeconds: 80, cost: costOf(80) });
});

test('a clock that goes back takes nothing away', () => {
  expect(used(job, { began: 1_010_000, now: 990_000, gigabytes: 2 })).toEqual({
    ...{ seconds: 0, gigabyteSeconds: 0, cost: 0 },
  });
});

test('a setting that is missing is named', () => {
  process.env.TIDECAST_TEST_SETTING = 'here';
  expect(setting('TIDECAST_TEST_SETTING')).toBe('here');
  delete process.env.TIDECAST_TEST_SETTING;
  expect(() => setting('TIDECAST_TEST_SETTING')).toThrow('TIDECAST_TEST_SETTING must be set, got nothing');
});
