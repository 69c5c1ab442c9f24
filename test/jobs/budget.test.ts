import {
  allotmentReason,
  type Costs,
  rungFor,
  secondsOf,
  stepsFor,
  type Wanted,
} from '../../shared/jobs/budget.ts';

/** A few hundred short series on one core; `by` makes all but the start of processes dearer. */
const costs = (by = 1): Costs => ({
  spent: 0.5 * by,
  fit: 1.2 + 0.2 * by,
  step: 0.005 * by,
  look: 0.08 * by,
  candidate: 0.35 * by,
  end: 1 + 1.5 * by,
});

const wanted = (seconds: number, more: Partial<Wanted> = {}): Wanted => ({
  ...{ seconds, processes: 2, candidates: 3 },
  ...more,
});

/** As a job decides it, where trials take what was reckoned. */
function allotted(want: Wanted, cost: Costs) {
  const rung = rungFor(want, cost);
  return { ...rung, steps: stepsFor(rung, want, cost) };
}

test.each([
  // budget, dearness, processes → members, steps, whether shapes are tried
  [5, 1, 2, 1, 76, false],
  [5, 0.1, 2, 2, 600, false],
  [10, 1, 2, 2, 352, false],
  [30, 5, 2, 2, 231, false],
  [30, 3, 2, 2, 600, false],
  [30, 1, 2, 4, 976, true],
  [30, 1, 1, 4, 472, false],
  [180, 5, 2, 4, 1714, true],
  [180, 5, 4, 8, 1671, true],
  [600, 10, 2, 8, 1537, true],
  [3600, 10, 1, 16, 3114, true],
  [3600, 10, 5, 16, 5000, true],
])('%d s with costs times %d and %d processes: %d members, %d steps, trials: %s', (...row) => {
  const [seconds, by, processes, members, steps, trials] = row;
  expect(allotted(wanted(seconds, { processes }), costs(by))).toMatchObject({ members, steps, trials });
});

const budgets = Array.from({ length: 45 }, (_, i) => Math.round(3 * 1.18 ** i));
const machines = [0.1, 1, 5, 30].flatMap((by) =>
  [1, 2, 5].flatMap((processes) => [undefined, 3].map((members) => ({ by, processes, members }))),
);

test('more time never means less training, on any machine and with any members that are said', () => {
  for (const { by, processes, members } of machines) {
    let before = { members: 0, steps: 0, trials: false };
    for (const seconds of budgets) {
      const now = allotted(wanted(seconds, { processes, members }), costs(by));
      expect(now.members).toBeGreaterThanOrEqual(before.members);
      expect(Number(now.trials)).toBeGreaterThanOrEqual(Number(before.trials));
      expect(now.members * now.steps).toBeGreaterThanOrEqual(before.members * before.steps);
      before = now;
    }
  }
});

test('a training takes its time, and longer only for the least', () => {
  for (const { by, processes, members } of machines) {
    for (const seconds of budgets) {
      const want = wanted(seconds, { processes, members });
      const found = allotted(want, costs(by));
      const least = { members: members ?? 1, trials: false };
      const most = Math.max(seconds, secondsOf({ ...least, steps: 20 }, want, costs(by)));
      const time = secondsOf(found, want, costs(by));
      if (time > seconds) expect(found).toMatchObject(least);
      // Steps get a tenth besides, and are looked at.
      const looks = 12 * costs(by).look * 1.15 * Math.ceil(found.members / processes);
      expect(time).toBeLessThanOrEqual(most + 0.1 * seconds + looks);
    }
  }
});

test('members that are said stay; steps and trials go by the time', () => {
  const found = [5, 20, 60, 600].map((seconds) => allotted(wanted(seconds, { members: 3 }), costs()));
  expect(found.map(({ members }) => members)).toEqual([3, 3, 3, 3]);
  expect(found.map(({ trials }) => trials)).toEqual([false, false, true, true]);
});

test('the reason says what was decided, what a step takes, and when the time is too short', () => {
  const least = { members: 1, steps: 20, trials: false };
  const some = { members: 4, steps: 900, trials: true };
  expect(allotmentReason(some, wanted(60), costs())).toBe(
    '4 members of at most 900 steps, shapes tried: 0.005 s a step, 2 at a time, at most about 26 s in all',
  );
  expect(allotmentReason(least, wanted(5), costs())).toBe(
    '1 member of at most 20 steps, no time to try shapes: 0.005 s a step, 1 at a time, at most about 6.2 s in all; ' +
      '5 s are too short for this data, so this is about the least',
  );
});
