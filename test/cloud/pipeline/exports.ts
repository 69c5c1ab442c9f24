import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  emptyBlock,
  readCurrent,
  readDescription,
  searchItems,
  updateSeries,
} from '../../../shared/bundle/index.ts';
import { periodIndex } from '../../../shared/frequency/index.ts';
import { keys, type ObjectStore } from '../../../shared/store/index.ts';
import { type Asked, ask, createToken } from '../support/ask.ts';
import { functionOf, until } from '../support/deployment.ts';
import { logLines } from '../support/functions.ts';
import { type Stage, settings, timed } from './stage.ts';

/** The dataset of the presigned uploads. */
const model = 'by-url';

/** Forecasts for all items, as files. */
export function describeExports(stage: () => Stage): void {
  let token = '';
  const send = (path: string, asked?: Asked) =>
    ask(stage().deployment, `/v1/models/${model}/${path}`, token, asked);
  const ended = (id: string) =>
    until(
      'the export to end',
      async () => {
        const found = await (await send(`exports/${id}`)).json();
        return found.status !== 'running' && found;
      },
      async () => (await logLines(functionOf(stage().deployment, 'export'))).slice(-25).join('\n'),
    );

  beforeAll(async () => {
    token = await createToken(stage().cloud, settings.stack, 'forecast', 'by-*');
  }, 300_000);

  test('all items are forecast, with the numbers of the API, into a file that is fetched past it', async () => {
    const { store } = stage().deployment;
    await addItems(store);
    const begun = await send('exports', { body: { horizon: 2, quantiles: [0.5] } });
    expect(begun.status).toBe(200);
    const { export: id } = await begun.json();
    const told = await timed(stage(), 'export of all items', () => ended(id));
    const { items } = await searchItems(store, model, { limit: 1000 });
    expect(told).toMatchObject({ status: 'done', progress: 1, items: items.length, skipped: null });
    const there = await send(`exports/${id}/files/${told.files[0].file}`);
    expect(there.status).toBe(302);
    const text = await (await fetch(there.headers.get('location') ?? '')).text();
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header).toBe('item_id,timestamp,mean,p50');
    expect(lines).toHaveLength(2 * items.length);
    const asked = { items: ['more 7'], horizon: 2, quantiles: [0.5] };
    const { forecasts } = await (await send('forecast', { body: asked })).json();
    const rows = lines.filter((line) => line.startsWith('more 7,')).map((line) => Number(line.split(',')[3]));
    forecasts[0].quantiles[0].values.forEach((value: number, i: number) => {
      expect(rows[i]).toBeCloseTo(value, 4);
    });
    const { exports } = await (await send('exports')).json();
    expect(exports).toMatchObject([{ export: id, status: 'done' }]);
    const removed = await send(`exports/${id}`, { method: 'DELETE' });
    expect(await removed.json()).toMatchObject({ export: id, removed: 1 + told.files.length });
    for await (const { key } of store.list(keys.exports(model))) throw new Error(`${key} is left`);
  }, 300_000);

  test('an export that was removed before its turn is nothing to do', async () => {
    const { outputs } = stage().deployment;
    const stateMachineArn = outputs.StateMachineArn.replace(/-training$/, '-export');
    const input = JSON.stringify({ dataset: model, export: 'removed' });
    await new SFNClient({}).send(new StartExecutionCommand({ stateMachineArn, name: 'removed', input }));
    await until('the slice to end', async () => {
      const lines = await logLines(functionOf(stage().deployment, 'export'));
      return lines.some((line) => line.includes('"removed"') && line.includes('export ended'));
    });
  }, 300_000);
}

/** So many items that they are in several shards. */
async function addItems(store: ObjectStore): Promise<void> {
  const version = (await readCurrent(store, model))?.version ?? 'none';
  const { frequency, channels } = await readDescription(store, keys.model(model, version));
  const last = periodIndex(frequency, Date.parse('2024-01-13T12:00:00Z'));
  const data = Float64Array.from({ length: 50 * channels.length }, (_, i) => i % 24);
  const records = Array.from({ length: 20 }, (_, i) => ({
    item: `more ${i}`,
    target: { last, width: channels.length, data },
    ...{ past: emptyBlock, known: emptyBlock, statics: {} },
  }));
  await updateSeries(store, model, records, { context: 500, limits: { records: 8, bytes: 1e6 } });
}
