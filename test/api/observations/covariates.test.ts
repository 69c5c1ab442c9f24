import { emptyBlock, updateSeries } from '../../../shared/bundle/index.ts';
import { publish } from '../support.ts';
import { base, forecast, kept, send, store, stored, timestamp } from './support.ts';

describe('covariates', () => {
  beforeEach(async () => {
    await publish(store, 'wide', {
      channels: ['a', 'b'],
      joint: true,
      ...{ known: ['price', 'load'], past: ['wind'], unused: ['rain'] },
      statics: [
        { name: 'size', kind: 'number', mean: 1, deviation: 1 },
        { name: 'region', kind: 'category', values: ['north', 'south'] },
      ],
    });
  });
  const target = { a: [1, 2], b: [3, null] };
  const whole = {
    ...{ item: 'x', start: timestamp(base), target },
    known: { price: [1, 2, 3, 4, 5], load: [6, 7, 8, 9, 10] },
    past: { wind: [0.5, 0.25] },
    static: { size: 2, region: 'north' },
  };
  const wide = (body: unknown) => send(body, { model: 'wide' });

  test('are stored beside observations, and forecast as the same series is', async () => {
    const { status, body } = await wide({ series: [whole] });
    expect([status, body.withoutForecast]).toEqual([200, []]);
    expect(body.forecasts).toEqual(await forecast({ series: [whole] }, 'wide'));
    expect(await stored('x', 'wide')).toEqual({
      item: 'x',
      target: { last: base + 1, width: 2, data: Float64Array.of(1, 3, 2, Number.NaN) },
      past: { last: base + 1, width: 1, data: Float64Array.of(0.5, 0.25) },
      known: { last: base + 4, width: 2, data: Float64Array.of(1, 6, 2, 7, 3, 8, 4, 9, 5, 10) },
      statics: { size: 2, region: 'north' },
    });
  });

  test('that are left out stay as they are stored; those that end too early leave an item without forecast', async () => {
    await wide({ series: [whole] });
    const next = { item: 'x', start: timestamp(base + 2), target: { a: [5], b: [6] } };
    const { status, body } = await wide({ series: [next] });
    expect([status, body.forecasts]).toEqual([200, []]);
    expect(body.withoutForecast).toMatchObject([{ item: 'x', reason: expect.stringContaining('4 of 6') }]);
    const record = await stored('x', 'wide');
    expect(record?.statics).toEqual({ size: 2, region: 'north' });
    expect([...(record?.known.data ?? [])]).toEqual([1, 6, 2, 7, 3, 8, 4, 9, 5, 10]);
    const ahead = {
      ...{ item: 'x', start: timestamp(base + 2), target: { a: [null], b: [null] } },
      known: { price: [null, null, null, 6], load: [null, null, null, 11] },
    };
    const completed = await wide({ series: [ahead] });
    expect(completed.body.withoutForecast).toEqual([]);
    expect(completed.body.forecasts).toHaveLength(2);
    expect((await stored('x', 'wide'))?.known.last).toBe(base + 5);
  });

  test('that differ are refused by name, or replace what is stored', async () => {
    await wide({ series: [whole] });
    const known = { ...whole.known, load: [6, 7, 8, 9, 11] };
    const other = { ...whole, known, static: { size: 3 } };
    expect((await wide({ series: [other] })).body).toMatchObject({ status: 409, path: 'series[0].known' });
    expect((await wide({ series: [{ ...whole, static: { size: 3 } }] })).body).toMatchObject({
      ...{ status: 409, path: 'series[0].static.size' },
    });
    expect((await wide({ series: [other], onConflict: 'replace' })).status).toBe(200);
    expect((await wide({ series: [{ ...whole, known, static: { size: '3' } }] })).body.path).toBe(
      'series[0].static.size',
    );
    const record = await stored('x', 'wide');
    expect(record?.statics).toEqual({ size: 3, region: 'north' });
    expect(record?.known.data.at(-1)).toBe(11);
  });

  test('are the same category as a number and as text', async () => {
    const numbered = { ...whole, item: 'n', static: { region: 7 } };
    expect((await wide({ series: [numbered] })).status).toBe(200);
    expect((await wide({ series: [{ ...numbered, static: { region: '7' } }] })).status).toBe(200);
    expect((await wide({ series: [{ ...numbered, static: { region: '8' } }] })).status).toBe(409);
  });

  test('of other columns than the model’s are never lost: they stay, or the request is refused', async () => {
    const block = { last: base, width: 2, data: Float64Array.of(7, 8) };
    const record = { item: 'y', past: block, known: emptyBlock, statics: {} };
    const y = { last: base, width: 2, data: Float64Array.of(1, 2) };
    await updateSeries(store, 'wide', [{ ...record, target: y }], { context: kept });
    const next = { item: 'y', start: timestamp(base + 1), target: { a: [1], b: [1] } };
    expect((await wide({ series: [next] })).status).toBe(200);
    expect((await stored('y', 'wide'))?.past).toEqual(block);
    expect((await wide({ series: [{ ...next, past: { wind: [1] } }] })).body).toMatchObject({
      ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].past' },
    });
  });
});
