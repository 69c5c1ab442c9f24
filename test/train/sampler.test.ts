import { createRandom, restoreRandom } from '../../shared/random/index.ts';
import { createSampler } from '../../shared/train/index.ts';

test('each pass gives every example once, the last batch being smaller', () => {
  const sampler = createSampler(10, 4, createRandom(1));
  const pass = [sampler.next(), sampler.next(), sampler.next()];
  expect(pass.map((batch) => batch.length)).toEqual([4, 4, 2]);
  expect(pass.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the next pass has another order', () => {
  const sampler = createSampler(50, 50, createRandom(1));
  expect([...sampler.next()]).not.toEqual([...sampler.next()]);
});

test('a stored state goes on with the same batches', () => {
  const random = createRandom(3);
  const sampler = createSampler(7, 3, random);
  sampler.next();
  const kept = { sampler: sampler.state(), random: random.state() };
  const expected = [1, 2, 3, 4].map(() => [...sampler.next()]);
  const resumed = createSampler(7, 3, restoreRandom(kept.random), kept.sampler);
  expect([1, 2, 3, 4].map(() => [...resumed.next()])).toEqual(expected);
});

test('no examples and empty batches are refused', () => {
  expect(() => createSampler(0, 4, createRandom(1))).toThrow(
    'there must be at least one training example, got 0',
  );
  expect(() => createSampler(4, 0, createRandom(1))).toThrow(
    'batchSize must be a whole number of at least 1, got 0',
  );
});
