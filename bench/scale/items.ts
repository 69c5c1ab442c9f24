/**
 * Prepares what is exported, in a process of its own so that its memory is not counted: `items.ts ROOT COUNT HORIZON`
 * trains a small network on some series and stores COUNT items for it, as uploads would have left them. Prints as JSON
 * `{"dataset", "version", "context"}`.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  emptyBlock,
  periodsKept,
  readBundle,
  readCurrent,
  type SeriesRecord,
  updateSeries,
} from '../../shared/bundle/index.ts';
import { parsePeriod } from '../../shared/frequency/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';

const run = promisify(execFile);
const dataset = 'scale';
const trained = 50;
const days = 120;
const begins = Date.UTC(2024, 0, 1);
const dayMs = 24 * 3600 * 1000;

const valueAt = (item: number, day: number): number =>
  100 + (item % 977) + (10 + (item % 13)) * Math.sin((2 * Math.PI * (day + (item % 7))) / 7) + 0.05 * day;
const nameOf = (item: number): string => `item ${String(item).padStart(7, '0')}`;
const timeOf = (day: number): string => new Date(begins + day * dayMs).toISOString();

/** One LSTM of 64 units, hardly trained: how well it forecasts does not change how fast. */
async function train(root: string, horizon: number): Promise<string> {
  const [table, configuration] = [join(root, 'table.csv'), join(root, 'scale.yaml')];
  const rows = Array.from({ length: trained * days }, (_, i) => {
    const [item, day] = [Math.floor(i / days), i % days];
    return `${nameOf(item)},${timeOf(day)},${valueAt(item, day).toFixed(2)}`;
  });
  writeFileSync(table, `${['item_id,timestamp,target', ...rows].join('\n')}\n`);
  const settings = `members: 1\nbudget: 25steps\nhorizon: ${horizon}\nfrequency: 1d\n`;
  writeFileSync(configuration, `${settings}cell: lstm\nunits: 64\nseed: 1\n`);
  const options = ['--out', root, '--name', dataset, '--config', configuration];
  await run(process.execPath, ['--import', 'tsx', 'functions/cli/main.ts', 'train', table, ...options]);
  const current = await readCurrent(fileStore(root), dataset);
  if (!current) throw new Error('training must leave a version, got none: see its messages');
  return current.version;
}

const [root = '', count = '', horizon = ''] = process.argv.slice(2);
const store = fileStore(root);
const version = await train(root, Number(horizon));
const { description } = await readBundle(store, keys.model(dataset, version));
const kept = periodsKept({ context: description.context, horizon: Number(horizon) });
const steps = Math.min(days, kept);
const last = parsePeriod(description.frequency, timeOf(days - 1));
const records = Array.from({ length: Number(count) }, (_, item): SeriesRecord => {
  const data = Float64Array.from({ length: steps }, (__, step) => valueAt(item, days - steps + step));
  const none = { past: emptyBlock, known: emptyBlock, statics: {} };
  return { item: nameOf(item), target: { last, width: 1, data }, ...none };
});
await updateSeries(store, dataset, records, { context: kept });
console.log(JSON.stringify({ dataset, version, context: description.context }));
