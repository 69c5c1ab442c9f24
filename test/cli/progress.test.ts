import { describer } from '../../functions/cli/progress.ts';
import { type Job, newJob } from '../../shared/documents/index.ts';

const member = (phase: 'waiting' | 'choose' | 'refit' | 'done', step = 0, loss: number | null = null) => ({
  phase,
  step,
  steps: phase === 'waiting' ? 0 : 100,
  loss,
});

const inputs = { fingerprint: 'f', objects: [], parent: null };
const job = (members: Job['members'], more: Partial<Job> = {}): Job => ({
  ...newJob('d', 'j', inputs),
  stage: 'train',
  members,
  ...more,
});

test('a line says how much of both fits of all members is made, and the loss of each', () => {
  const describe = describer();
  const members = [member('refit', 50, 0.25), member('waiting'), member('done'), member('choose', 50, 1)];
  expect(describe(job(members), 1)).toBe(
    'train  ████████████░░░░░░░░░░░░ 50 %  loss 0.250 waiting done 1.000',
  );
});

test('the time left is that of the pace since training was first seen', () => {
  const describe = describer();
  // The plan took 20 s: they are no training.
  expect(describe(job([]), 20)).not.toContain('left');
  expect(describe(job([member('choose', 0)]), 20)).not.toContain('left');
  expect(describe(job([member('choose', 50, 1)]), 30)).toContain('25 %  loss 1.000, about 30 s left');
});

test('after a resume the earlier run’s part is shown, and does not shorten the time left', () => {
  const describe = describer();
  const from = describe(job([member('choose', 80, 1)]), 2);
  expect(from).toContain('40 %  loss 1.000');
  expect(from).not.toContain('left');
  // 10 % in 5 s: 50 % take 25 s.
  expect(describe(job([member('refit', 0, 1)]), 7)).toContain('50 %  loss 1.000, about 25 s left');
});

test('other stages and the end say the seconds', () => {
  const describe = describer();
  expect(describe(job([], { stage: 'plan' }), 1.2)).toBe('plan  1 s');
  expect(describe(job([], { stage: 'end', status: 'done' }), 61.7)).toBe('done  62 s');
});
