import { emptyBlock, updateSeries } from '../../shared/bundle/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { seasonal } from '../support/forecaster.ts';
import { scratch } from '../support/job.ts';
import { ask, forecasting, publish } from './support.ts';

const folder = scratch('api-past');
const store = fileStore(folder.root());
const app = forecasting(store);
const start = '2024-01-01T00:15:00Z';
const target = seasonal(10);
const wind = seasonal(10, 3);
const rain = seasonal(10, 4);

beforeAll(async () => {
  await publish(store, 'windy', {
    past: ['wind', 'rain'],
    statics: [
      { name: 'size', kind: 'number', mean: 10, deviation: 3 },
      { name: 'region', kind: 'category', values: ['north', 'south'] },
    ],
    unused: ['humidity', 'owner'],
  });
  await publish(store, 'plain');
});

const forecast = (body: object, model = 'windy') =>
  ask(app, 'POST', `/v1/models/${model}/forecast`, { body });
const one = (more: object, model?: string) => forecast({ series: [{ start, target, ...more }] }, model);
const meanOf = async (more: object) => {
  const { status, body } = await one(more);
  expect([status, body.code]).toEqual([200, undefined]);
  return body.forecasts[0].mean as number[];
};

test('past covariates stand beside the observations by name, and those left out are not known', async () => {
  const both = await meanOf({ past: { rain, wind } });
  expect(await meanOf({ past: { wind, rain } })).toEqual(both);
  expect(await meanOf({ past: { wind: rain, rain: wind } })).not.toEqual(both);
  const gaps = rain.map(() => null);
  const single = await meanOf({ past: { wind } });
  expect(single).toEqual(await meanOf({ past: { wind, rain: gaps } }));
  expect(single).not.toEqual(both);
  expect(await meanOf({})).toEqual(await meanOf({ past: {} }));
});

test('static covariates change the forecast; an unknown category is like none', async () => {
  const known = await meanOf({ static: { size: 14, region: 'south' } });
  expect(await meanOf({ static: { size: 14, region: 'north' } })).not.toEqual(known);
  expect(await meanOf({ static: { size: 9, region: 'south' } })).not.toEqual(known);
  const unknown = await meanOf({ static: { size: 14, region: 'west' } });
  expect(await meanOf({ static: { size: 14 } })).toEqual(unknown);
  expect(await meanOf({ static: { size: 14, region: null } })).toEqual(unknown);
});

test('covariates of the data that the model does not read may be sent', async () => {
  const plain = await meanOf({});
  expect(await meanOf({ past: { humidity: [1] }, static: { owner: 'me' } })).toEqual(plain);
});

test.each([
  [{ past: { wind: [1, 2] } }, 'series[0].past.wind', 'got 2'],
  [{ past: { wnd: wind } }, 'series[0].past.wnd', 'wind, rain'],
  [{ past: { wind: ['x'] } }, 'series[0].past.wind[0]', 'finite number'],
  [{ static: { sise: 3 } }, 'series[0].static.sise', 'size, region'],
  [{ static: { size: 'big' } }, 'series[0].static.size', 'size must be a number'],
])('covariates that do not fit are refused: %j', async (more, path, detail) => {
  const { status, body } = await one(more);
  expect([status, body]).toEqual([
    422,
    expect.objectContaining({ path, detail: expect.stringContaining(detail) }),
  ]);
});

test.each([[{ past: { wind } }], [{ static: { size: 3 } }]])(
  'a model without such covariates refuses them: %j',
  async (more) => {
    const { status, body } = await one(more, 'plain');
    expect([status, body.code]).toEqual([422, 'REQUEST']);
  },
);

test('a stored item is forecast with its stored covariates, as if they had been sent', async () => {
  const last = 473_352 + 9; // 2024-01-01T00:15 and nine hours
  const pasts = wind.flatMap((value, i) => [value, rain[i] ?? Number.NaN]);
  const block = (width: number, data: readonly number[], end = last) => ({
    ...{ last: end, width, data: Float64Array.from(data) },
  });
  const record = (item: string, past: ReturnType<typeof block>) => ({
    ...{ item, target: block(1, target), past, known: emptyBlock },
    statics: { size: 14, region: 'south' },
  });
  await updateSeries(
    store,
    'windy',
    [record('whole', block(2, pasts)), record('behind', block(2, pasts.slice(0, -4), last - 2))],
    { context: 100 },
  );
  const { body } = await forecast({ items: ['whole', 'behind'] });
  const statics = { size: 14, region: 'south' };
  expect(body.forecasts[0].mean).toEqual(await meanOf({ past: { wind, rain }, static: statics }));
  const late = (values: readonly number[]) => [...values.slice(0, -2), null, null];
  expect(body.forecasts[1].mean).toEqual(
    await meanOf({ past: { wind: late(wind), rain: late(rain) }, static: statics }),
  );
});
