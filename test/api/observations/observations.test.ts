import { emptyBlock, readSeries, updateSeries } from '../../../shared/bundle/index.ts';
import { add, base, forecast, kept, numbers, send, store, timestamp } from './support.ts';

describe('observations', () => {
  test('of a new item make it, and its forecast is that of the same series', async () => {
    const target = [3, 1, 4, 1, 5];
    const { status, body } = await add('a/b ü', base, target, { horizon: 2, quantiles: [0.1, 0.5] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ model: 'power', frequency: '1h', withoutForecast: [] },
      stored: [{ item: 'a/b ü', created: true, first: timestamp(base), last: timestamp(base + 4) }],
    });
    const series = [{ item: 'a/b ü', start: timestamp(base), target }];
    expect(body.forecasts).toEqual(await forecast({ series, horizon: 2, quantiles: [0.1, 0.5] }));
    expect(body.forecasts).toEqual(await forecast({ items: ['a/b ü'], horizon: 2, quantiles: [0.1, 0.5] }));
  });

  test('are added behind what is stored, before it, and into gaps, which are missing values', async () => {
    await add('a', base, [1, 2]);
    const { body } = await add('a', base + 4, [5]);
    expect(body.stored).toEqual([
      { item: 'a', created: false, first: timestamp(base), last: timestamp(base + 4) },
    ]);
    expect(await numbers('a')).toEqual([4, 1, 2, Number.NaN, Number.NaN, 5]);
    await add('a', base + 2, [3]);
    await add('a', base - 2, [-1, 0]);
    expect(await numbers('a')).toEqual([4, -1, 0, 1, 2, 3, Number.NaN, 5]);
  });

  test('that are equal to what is stored, or missing, change nothing', async () => {
    await add('a', base, [1, null, 3]);
    expect((await add('a', base, [1, 2, null, 4])).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3, 4]);
    expect((await add('a', base, [null, null], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3, 4]);
  });

  test('that differ are refused, or replace what is stored, as asked', async () => {
    await add('a', base, [1, 2, 3]);
    const { body } = await add('a', base + 1, [2, 3.5, 4]);
    expect(body).toMatchObject({
      ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].target' },
      detail: `target of item "a" is 3 at ${timestamp(base + 2)}, as it is stored, got 3.5`,
    });
    expect(await numbers('a')).toEqual([2, 1, 2, 3]);
    expect((await add('a', base + 1, [2, 3.5, 4], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3.5, 4]);
  });

  test('are kept as far as a forecast and three horizons need them, and older ones are refused', async () => {
    const values = Array.from({ length: 60 }, (_, i) => i);
    await add('a', base, values);
    expect(await numbers('a')).toEqual([59, ...values.slice(-kept)]);
    expect((await add('a', base + 10, [10])).body).toMatchObject({
      ...{ status: 422, code: 'OBSERVATION_OLD', path: 'series[0].target' },
      detail: expect.stringContaining(`from ${timestamp(base + 11)} on, got ${timestamp(base + 10)}`),
    });
    expect((await add('a', base + 10, [null, 11])).status).toBe(200);
    // The forecast reads the newest 40 of them.
    const series = [{ item: 'a', start: timestamp(base + 20), target: values.slice(20) }];
    expect(await forecast({ items: ['a'] })).toEqual(await forecast({ series }));
  });

  test('behind a gap that leaves nothing of what is stored are refused, or replace it', async () => {
    await add('a', base, [1]);
    for (const target of [[2], [null, 2], [null, null]]) {
      expect((await add('a', base + kept + 1, target)).body).toMatchObject({
        ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].target' },
      });
    }
    expect((await add('a', base + 1, [2, ...Array(kept + 1).fill(null)])).body.code).toBe(
      'OBSERVATION_CONFLICT',
    );
    expect((await add('a', base + kept, [2])).status).toBe(200);
    expect((await add('a', base + 2 * kept + 1, [3], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([2 * kept + 1, 3]);
  });

  test('of which one is refused store nothing, in whichever shards the others are', async () => {
    const items = Array.from({ length: 600 }, (_, i) => `item ${i}`);
    const nothing = { past: emptyBlock, known: emptyBlock, statics: {} };
    const target = { last: base, width: 1, data: Float64Array.of(1) };
    await updateSeries(
      store,
      'power',
      items.map((item) => ({ item, target, ...nothing })),
      { context: kept },
    );
    const series = items.slice(0, 40).map((item, i) => ({
      item,
      start: timestamp(base),
      target: [i === 20 ? 2 : 1, 3],
    }));
    expect((await send({ series })).body).toMatchObject({ status: 409, path: 'series[20].target' });
    const found = await readSeries(store, 'power', items);
    for (const record of found.values()) expect(record.target.last).toBe(base);
  });
});

describe('at the same time', () => {
  test('two requests for one item both count', async () => {
    await add('a', base, [0]);
    const answers = await Promise.all([add('a', base + 1, [1]), add('a', base + 2, [2])]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await numbers('a')).toEqual([2, 0, 1, 2]);
  });

  test('many requests for the same and other items lose nothing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        send({
          series: [
            { item: 'shared', start: timestamp(base + i), target: [i] },
            { item: `own ${i}`, start: timestamp(base), target: [i] },
          ],
          horizon: 1,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
    expect(await numbers('shared')).toEqual([23, ...Array.from({ length: 24 }, (_, i) => i)]);
    for (let i = 0; i < 24; i++) expect(await numbers(`own ${i}`)).toEqual([0, i]);
  }, 60_000);

  test('of requests that contradict each other one is refused', async () => {
    const answers = await Promise.all([1, 2, 3].map((value) => add('a', base, [value])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200) + 1;
    expect(await numbers('a')).toEqual([0, winner]);
  });
});

test('a key makes a repeated request one, and another body with it is refused', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { series: [{ item: 'a', start: timestamp(base), target: [1] }] };
  const first = await send(body, { headers });
  const again = await send(body, { headers });
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const other = { series: [{ item: 'a', start: timestamp(base), target: [2] }] };
  expect((await send(other, { headers })).body.code).toBe('KEY_REUSED');
});
