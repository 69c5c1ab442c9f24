/**
 * How fast are forecasts served?
 *
 * - `handler`: one series in this process, from the bytes of a request to those of the answer, beside the graph alone
 * - `http`: `tidecast serve` under load on 1, 16 and 64 connections, beside a server that forecasts nothing
 * - `swap`: the same while the champion is swapped and other models are opened, beside quiet
 * - `batch`: 10,000 series in one request, beside one by one
 * - `fresh`: a fresh process to its first forecast, beside Python's ONNX Runtime
 *
 * Arguments: which of them; all by default. Options: --requests N, --seconds N, --series N, --turns N, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { batchRows } from './serve/batch.ts';
import { freshRows } from './serve/fresh.ts';
import { handlerRows } from './serve/handler.ts';
import { httpRows } from './serve/http.ts';
import { trainOne } from './serve/model.ts';
import { swapRows } from './serve/swap.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    series: { type: 'string', default: '10000' },
    turns: { type: 'string', default: '5' },
  },
});

const measurements: Readonly<Record<string, (root: string) => Promise<readonly ShownRow[]>>> = {
  handler: (root) => handlerRows(root, Number(options.requests)),
  http: (root) => httpRows(root, Number(options.seconds)),
  swap: (root) => swapRows(root, Math.min(20, Number(options.seconds))),
  batch: (root) => batchRows(root, Number(options.series)),
  fresh: (root) => freshRows(root, Number(options.turns)),
};
const asked = positionals.length > 0 ? positionals : Object.keys(measurements);
const unknown = asked.find((name) => !(name in measurements));
if (unknown !== undefined) {
  console.error(`what is measured must be some of ${Object.keys(measurements).join(', ')}, got ${unknown}`);
  process.exit(2);
}

const root = mkdtempSync(join(tmpdir(), 'tidecast-serve-'));
try {
  await trainOne(root);
  const rows: ShownRow[] = [];
  for (const name of asked) rows.push(...((await measurements[name]?.(root)) ?? []));
  report('serve', rows, options.json);
} finally {
  rmSync(root, { recursive: true, force: true });
}
