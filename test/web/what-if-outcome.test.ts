import { newestOnly } from '../../web/pages/what-if/newest.ts';
import { changeOf } from '../../web/pages/what-if/outcome.ts';
import { forecastCsv } from '../../web/views/forecast-csv.ts';

const forecast = (values: (number | null)[]) => ({
  channel: 'y',
  timestamps: values.map((_, step) => `2024-01-0${step + 1}`),
  mean: values,
  quantiles: [values.map((value) => (value === null ? null : value - 1)), values],
});
const levels = [0.1, 0.5];

test('the change is that of the sum of medians, by the size of what it was', () => {
  expect(changeOf(forecast([10, 30]), forecast([11, 33]), levels)).toBeCloseTo(0.1);
  expect(changeOf(forecast([-10, -30]), forecast([-11, -33]), levels)).toBeCloseTo(-0.1);
  expect(changeOf(forecast([10]), forecast([20]), [0.2, 0.8])).toBeCloseTo(1);
});

test('there is no change to tell without both forecasts, or from nothing', () => {
  expect(changeOf(null, forecast([1]), levels)).toBeNull();
  expect(changeOf(forecast([1, -1]), forecast([1, 1]), levels)).toBeNull();
});

test('a forecast is written with all its digits', () => {
  expect(forecastCsv('=a', levels, [forecast([1 / 3, 2])])).toBe(
    `item_id,timestamp,mean,p10,p50\n'=a,2024-01-01,${1 / 3},${1 / 3 - 1},${1 / 3}\n'=a,2024-01-02,2,1,2\n`,
  );
});

test('of questions that come while one is answered only the newest is asked', async () => {
  const asked: number[] = [];
  const answered: number[] = [];
  const { ask, stop } = newestOnly(
    async (question: number) => {
      asked.push(question);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (question === 4) throw new Error('no');
      return 10 * question;
    },
    (answer) => answered.push(answer),
    () => answered.push(-1),
  );
  for (const question of [1, 2, 3]) ask(question);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([asked, answered]).toEqual([
    [1, 3],
    [10, 30],
  ]);
  ask(4);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toEqual([10, 30, -1]);
  ask(5);
  stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toEqual([10, 30, -1]);
});
