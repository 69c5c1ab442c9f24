import { everybody, manageApi } from '../../../shared/api/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { seasonal } from '../../support/forecaster.ts';
import { ask, type Body, forecasting, publish } from '../support.ts';

/** A tiny forecaster: 3 steps, context 40, levels 0.1, 0.5, 0.9; trained until period 480,000. */
export const { store } = memoryStore();
const app = forecasting(store);
export const manage = manageApi({
  store,
  authenticate: everybody,
  permitUpload: async () => ({ url: '', headers: {} }),
});
const hour = 3_600_000;
/** The timestamp of a period: hours at a quarter past. */
export const timestamp = (period: number) => new Date(period * hour + hour / 4).toISOString().slice(0, 19);

beforeAll(async () => {
  await publish(store, 'power');
  await publish(store, 'priced', { known: ['price'], past: ['wind'] });
  await publish(store, 'two', { channels: ['a', 'b'], joint: true });
});

export const lengths = [50, 30];
export const observed = lengths.map((length, i) => seasonal(length, i + 1));
/** So that the second series ends in the model's training data and the first one goes on behind it. */
export const starts = [480_000 - 40, 480_000 - 35];
export const series = { y: observed.flat(), sizes: lengths, start_datetime: starts.map(timestamp), X: null };
export const base = { model: 'power', freq: 'h', series };
export const post = async (path: string, body: Body) => ask(app, 'POST', `/v2/${path}`, { body });

interface Piece {
  readonly start: number;
  readonly values: readonly (number | null)[];
}
/** What the API of our own says of the same pieces of series. */
export async function direct(pieces: readonly Piece[], more: Body = {}, model = 'power') {
  const body = {
    series: pieces.map(({ start, values }, i) => ({
      item: `${i}`,
      start: timestamp(start),
      target: values,
      ...(more.covariates as object),
    })),
    quantiles: [0.1, 0.5, 0.9],
  };
  const { body: answer } = await ask(app, 'POST', `/v1/models/${model}/forecast`, { body });
  return (answer.forecasts as { quantiles: { values: number[] }[] }[]).map(({ quantiles }) =>
    quantiles.map(({ values }) => values),
  );
}
export const close = (found: readonly number[], expected: readonly (number | undefined)[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
};
