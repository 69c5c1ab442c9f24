/**
 * Our side in a process of its own: reads FILE with THREADS threads of DuckDB, and prints as JSON what it took and
 * what it saw.
 */
import { readFileSync } from 'node:fs';
import { panelRows, readDataset } from '../../shared/dataset/index.ts';

const [file = '', threads = '2'] = process.argv.slice(2);
// As Python's modules, it is loaded before the clock starts.
await import('@duckdb/node-api');
const began = performance.now();
const { panel, report } = await readDataset(file, { threads: Number(threads) });
const seconds = (performance.now() - began) / 1000;
const [, peak = 'NaN'] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
console.log(
  JSON.stringify({
    name: 'Tidecast',
    seconds,
    megabytes: Number(peak) / 1024,
    panel: (8 * panelRows(panel) * panel.channels.length) / 2 ** 20,
    items: report.items,
    rows: report.rows,
    duplicates: report.duplicatesMerged,
    gaps: report.gaps,
  }),
);
