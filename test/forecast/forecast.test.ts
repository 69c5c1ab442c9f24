import { forecastItems, type ItemHistory, type ModelShape } from '../../shared/forecast/index.ts';
import type { Session, Tensor } from '../../shared/graph/index.ts';
import { ask, column, openForecaster, seasonal, tinySettings } from '../support/forecaster.ts';

const settings = tinySettings({ known: 1 });
const { context } = settings;
const model: ModelShape = {
  ...{ horizon: 3, context, channels: 1, known: 1, past: 0, statics: [], levels: settings.levels },
};
let session: Session;

beforeAll(async () => {
  session = await openForecaster(settings);
});
afterAll(() => session.release());

/** An item of some length with a known covariate over its history and the horizon. */
const item = (length: number, seed = length): ItemHistory => ({
  item: `item ${seed}`,
  start: 40 + seed,
  history: Float64Array.from(seasonal(length, seed)),
  known: Float64Array.from(seasonal(length + 3, seed + 1000)),
});

/** What the contract says of an item alone. */
const alone = ({ start, history, known = new Float64Array() }: ItemHistory) =>
  ask(session, [column(Array.from(history))], { starts: [start], known: [column(Array.from(known))] });

/** A session that notes what it is fed. */
function watched() {
  const fed: Record<string, Tensor>[] = [];
  const watching: Session = {
    ...session,
    run: (feeds, outputs) => {
      fed.push({ ...feeds });
      return session.run(feeds, outputs);
    },
  };
  return { fed, watching };
}

test('items of any length are padded or cut to the context, and forecast as each would be alone', async () => {
  const items = [1, 2, context - 1, context, context + 1, 4 * context].map((length) => item(length));
  const { fed, watching } = watched();
  const forecasts = await forecastItems(watching, model, items);
  expect(fed.map(({ history, known, start }) => [history?.shape, known?.shape, start?.shape])).toEqual([
    [[6, context, 1], [6, context + 3, 1], [6]],
  ]);
  for (const [i, one] of items.entries()) {
    const { quantiles, mean } = await alone(one);
    expect(forecasts[i]?.item).toBe(one.item);
    expect(forecasts[i]?.start).toBe(one.start + one.history.length);
    const found = [...(forecasts[i]?.quantiles ?? []), ...(forecasts[i]?.mean ?? [])];
    expect(found).toHaveLength(12);
    found.forEach((value, k) => {
      expect(value).toBeCloseTo([...quantiles, ...mean][k] ?? Number.NaN, 4);
    });
  }
});

test('many items run in batches of 128, in their order', async () => {
  const items = Array.from({ length: 300 }, (_, i) => item(context, i));
  const { fed, watching } = watched();
  const forecasts = await forecastItems(watching, model, items);
  expect(fed.map(({ start }) => start?.shape)).toEqual([[128], [128], [44]]);
  expect(forecasts.map(({ item: name }) => name)).toEqual(items.map(({ item: name }) => name));
  for (const i of [0, 127, 128, 299]) {
    const { mean } = await alone(items[i] ?? item(1));
    forecasts[i]?.mean.forEach((value, k) => {
      expect(value).toBeCloseTo(mean[k] ?? Number.NaN, 4);
    });
  }
  expect(await forecastItems(session, model, [])).toEqual([]);
});

test('an item without an observation is forecast too', async () => {
  const [forecast] = await forecastItems(session, model, [{ ...item(1), history: new Float64Array(0) }]);
  expect(forecast?.start).toBe(41);
  expect([...(forecast?.quantiles ?? [])].every(Number.isFinite)).toBe(true);
});

test('covariates that are not known far enough, or not at all, count as missing', async () => {
  const full = item(context);
  const { known = new Float64Array() } = full;
  const cut = known.map((value, row) => (row < context + 1 ? value : Number.NaN));
  const [short] = await forecastItems(session, model, [{ ...full, known: known.slice(0, context + 1) }]);
  expect(short?.mean).toEqual((await alone({ ...full, known: cut })).mean);
  const { known: _, ...without } = full;
  const [none] = await forecastItems(session, model, [without]);
  expect(none?.mean).toEqual((await alone({ ...full, known: known.map(() => Number.NaN) })).mean);
});

test('channels stand side by side, in forecasts as in histories', async () => {
  const wide = tinySettings({ channels: 2 });
  const forecaster = await openForecaster(wide);
  const history = Float64Array.from(seasonal(context).flatMap((value) => [value, 1e6 - value]));
  const [forecast] = await forecastItems(forecaster, { ...model, channels: 2, known: 0 }, [
    { item: 'a', start: 0, history },
  ]);
  await forecaster.release();
  expect(forecast?.start).toBe(context);
  expect(forecast?.quantiles).toHaveLength(3 * 2 * 3);
  expect(Array.from(forecast?.mean ?? [], (value) => value > 5e5)).toEqual([
    ...[false, true, false, true, false, true],
  ]);
});

test('a shorter horizon gives the first steps of the whole one', async () => {
  const items = [item(20), item(9)];
  const whole = await forecastItems(session, model, items);
  const two = await forecastItems(session, model, items, { horizon: 2 });
  expect(two.map(({ mean }) => mean)).toEqual(whole.map(({ mean }) => mean.slice(0, 2)));
  expect(two.map(({ quantiles }) => quantiles)).toEqual(whole.map(({ quantiles }) => quantiles.slice(0, 6)));
});

test('other levels are read between the trained ones; levels beyond them are refused', async () => {
  const [whole] = await forecastItems(session, model, [item(20)]);
  const [other] = await forecastItems(session, model, [item(20)], { levels: [0.3, 0.5] });
  const [low = 0, middle = 0] = whole?.quantiles ?? [];
  expect(other?.quantiles).toHaveLength(6);
  expect(other?.quantiles[0]).toBeCloseTo((low + middle) / 2);
  expect(other?.quantiles[1]).toBe(middle);
  await expect(forecastItems(session, model, [item(20)], { levels: [0.01] })).rejects.toThrow(
    'quantile levels must lie within 0.1..0.9',
  );
});

test.each([
  [0, 'ask for at least 1'],
  [-1, 'ask for at least 1'],
  [4, 'train with a longer horizon or ask for at most 3'],
  [1.5, 'ask for whole steps'],
  [Number.NaN, 'ask for whole steps'],
])('a horizon of %p is refused', async (horizon, remedy) => {
  await expect(forecastItems(session, model, [item(5)], { horizon })).rejects.toThrow(
    `horizon must be 1..3 (the model's), got ${horizon}: ${remedy}`,
  );
});
