import { readSeries } from '../../../shared/bundle/index.ts';
import { type Asked, ask, createToken } from '../support/ask.ts';
import { type Stage, settings } from './stage.ts';

/** The dataset of the presigned uploads: 300 hours from the first of January 2024 on. */
const model = 'by-url';
/** Must be encoded in a query, and would not survive in a path. */
const fresh = 'new/one?&#1';

/** Observations that are added over the API, and what is said of stored items. */
export function describeObservations(stage: () => Stage): void {
  let token = '';
  const send = (path: string, asked?: Asked) =>
    ask(stage().deployment, `/v1/models/${model}/${path}`, token, asked);
  const read = async (path: string) => (await send(path)).json();

  beforeAll(async () => {
    token = await createToken(stage().cloud, settings.stack, 'forecast,upload', 'by-*');
  }, 300_000);

  test('observations are added once for a key, make items, and are forecast from', async () => {
    const series = [
      { item: 'item 1', start: '2024-01-13T12:00:00Z', target: [21, 22] },
      { item: fresh, start: '2024-01-13T12:00:00Z', target: [5, null, 6] },
    ];
    const add = () =>
      send('observations', { body: { series }, headers: { 'idempotency-key': 'observed-once' } });
    const [first, again] = [await add(), await add()];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const answer = await first.json();
    expect(await again.json()).toEqual(answer);
    expect(answer.stored).toMatchObject([
      { item: 'item 1', created: false, last: '2024-01-13T13:00:00Z' },
      { item: fresh, created: true, last: '2024-01-13T14:00:00Z' },
    ]);
    const stored = await readSeries(stage().deployment.store, model, ['item 1', fresh]);
    expect([...(stored.get('item 1')?.target.data ?? [])].slice(-2)).toEqual([21, 22]);
    expect([...(stored.get(fresh)?.target.data ?? [])]).toEqual([5, Number.NaN, 6]);
    const forecast = await (await send('forecast', { body: { items: ['item 1', fresh] } })).json();
    expect(forecast.forecasts).toEqual(answer.forecasts);
  }, 300_000);

  test('an observation that contradicts a stored one is refused', async () => {
    const series = [{ item: 'item 1', start: '2024-01-13T13:00:00Z', target: [23] }];
    const refused = await send('observations', { body: { series } });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'OBSERVATION_CONFLICT', path: 'series[0].target' });
  }, 300_000);

  test('requests at the same time lose nothing', async () => {
    const statuses = await Promise.all(
      [15, 16, 17].map(async (hour) => {
        const series = [{ item: fresh, start: `2024-01-13T${hour}:00:00Z`, target: [hour] }];
        return (await send('observations', { body: { series } })).status;
      }),
    );
    expect(statuses).toEqual([200, 200, 200]);
    const { target } = await read(`items/history?item=${encodeURIComponent(fresh)}`);
    expect(target).toEqual({ target: [5, null, 6, 15, 16, 17] });
  }, 300_000);

  test('items are found, charted and judged', async () => {
    expect(await read(`items?prefix=${encodeURIComponent('new/')}`)).toEqual({ items: [fresh], next: null });
    const { items } = await read('items');
    expect(items).toEqual(['item 0', 'item 1', 'item 2', 'item 3', fresh]);
    const { windows } = await read('items/backtest?item=item%201&windows=2');
    expect(windows.map(({ inTraining }: { inTraining: boolean }) => inTraining)).toEqual([true, true]);
    const judged = await (await send('anomalies', { body: { items: ['item 1'], last: 2 } })).json();
    expect(judged.series).toMatchObject([
      {
        ...{ item: 'item 1', observed: [21, 22], inTraining: [false, false] },
        timestamps: ['2024-01-13T12:00:00Z', '2024-01-13T13:00:00Z'],
      },
    ]);
  }, 300_000);
}
