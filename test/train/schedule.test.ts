import { checkSchedule, learningRate, type Schedule } from '../../shared/train/index.ts';

const steps = 100;
const at = (schedule: Schedule, step: number) => learningRate(schedule, step, steps);

test('constant stays, after a linear warm-up', () => {
  const schedule: Schedule = { kind: 'constant', rate: 0.4, warmup: 0.1 };
  expect([5, 10, 50, 100].map((step) => at(schedule, step))).toEqual([0.2, 0.4, 0.4, 0.4]);
});

test('cosine falls from the rate over half of it to nothing', () => {
  const schedule: Schedule = { kind: 'cosine', rate: 0.4 };
  expect(at(schedule, 50)).toBeCloseTo(0.2, 12);
  expect(at(schedule, 100)).toBeCloseTo(0, 12);
});

// torch.optim.lr_scheduler.OneCycleLR(max_lr=0.4, total_steps=101), whose step 0 is our start
test('one cycle rises from rate/25 to the rate at 30 % and falls to rate/250,000', () => {
  const schedule: Schedule = { kind: 'oneCycle', rate: 0.4 };
  expect(at(schedule, 0)).toBeCloseTo(0.016, 12);
  expect(at(schedule, 30)).toBeCloseTo(0.4, 12);
  expect(at(schedule, 65)).toBeCloseTo((0.4 + 0.4 / 250_000) / 2, 12);
  expect(at(schedule, 100)).toBeCloseTo(0.4 / 250_000, 12);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a learning rate of %p is refused', (rate) => {
  expect(() => checkSchedule({ kind: 'constant', rate })).toThrow(
    `the learning rate must be a number above 0, got ${rate}: try 0.001`,
  );
});

test('a warm-up of all steps is refused', () => {
  expect(() => checkSchedule({ kind: 'cosine', rate: 1, warmup: 1 })).toThrow(
    'warmup is a share of the steps',
  );
});
