import { setTimeout as sleep } from 'node:timers/promises';
import { sliceLength, timedSlice } from '../../../shared/jobs/index.ts';

test('a slice is over when its time is up, but not before a step was made', async () => {
  const slice = timedSlice(20);
  await sleep(60);
  expect(slice.signal.aborted).toBe(false);
  slice.stepped();
  expect(slice.signal.aborted).toBe(true);
});

test('a step before the time is up changes nothing', async () => {
  const slice = timedSlice(60);
  slice.stepped();
  expect(slice.signal.aborted).toBe(false);
  await sleep(120);
  expect(slice.signal.aborted).toBe(true);
});

test('a slice that has ended is not over later', async () => {
  const slice = timedSlice(20);
  slice.stepped();
  slice.end();
  await sleep(60);
  expect(slice.signal.aborted).toBe(false);
});

test.each<[string | undefined, number, number]>([
  [undefined, 900_000, 840_000],
  ['', 900_000, 840_000],
  ['5', 900_000, 5_000],
  ['0.5', 900_000, 500],
  ['880', 900_000, 840_000],
  ['5', 30_000, 0],
])('TIDECAST_SLICE_SECONDS=%s with %d ms left gives %d ms', (seconds, remaining, expected) => {
  expect(sliceLength(seconds, remaining)).toBe(expected);
});

test('a slice of no number is refused', () => {
  expect(() => sliceLength('soon', 900_000)).toThrow('TIDECAST_SLICE_SECONDS must be a number, got soon');
});
