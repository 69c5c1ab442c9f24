import type { Job } from '../../../web/api/answers.ts';
import { secondsLeft, trainedShare } from '../../../web/pages/training/time-left.ts';

type Member = Job['members'][number];
const member = (phase: Member['phase'], step = 0, steps = 100): Member => ({
  phase,
  step,
  steps,
  loss: null,
});

test('a network is as far as its fits are, and never goes back', () => {
  const way = [
    member('waiting'),
    member('choose', 0),
    member('choose', 60),
    member('choose', 100),
    member('refit', 0),
    member('refit', 50),
    member('done', 100),
  ];
  const shares = way.map((one) => trainedShare([one]));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  expect(trainedShare([])).toBe(0);
  expect(trainedShare([member('done'), member('waiting')])).toBe(0.5);
  expect(trainedShare([member('choose', 0, 0)])).toBe(0);
});

test('what is left follows from the pace since the first moment seen', () => {
  const first = { at: 10_000, share: 0.2 };
  expect(secondsLeft(first, { at: 20_000, share: 0.4 })).toBeCloseTo(30);
  expect(secondsLeft(first, { at: 50_000, share: 1 })).toBe(0);
  // Too little was seen to tell.
  expect(secondsLeft(null, { at: 20_000, share: 0.4 })).toBeNull();
  expect(secondsLeft(first, { at: 20_000, share: 0.21 })).toBeNull();
});
