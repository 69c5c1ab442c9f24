/**
 * Does the dashboard keep up with the reader: a chart of 10,000 points with three bands, and a search among a million
 * items, in Chromium without a window?
 *
 * The chart is the dashboard's own, from the call that renders it to the painted frame. The search is typed into the
 * real page of a model on the real server, from each key to the painted list. There is no peer: the goals are times.
 * Options: --items N, --turns N, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../test/web/chromium.ts';
import { report, type ShownRow } from './support/report.ts';
import { chartTimes } from './web/charts.ts';
import { searchTimes, wideStore } from './web/search.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    turns: { type: 'string', default: '11' },
  },
});
const [items, turns] = [Number(options.items), Number(options.turns)];
const points = 10_000;

/** Milliseconds that each may take. */
const budgets = { chart: 100, search: 200 };

const at = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(Math.floor(share * times.length), times.length - 1)] ??
  Number.NaN;

/** The median, held to the goal; the slowest beside it. */
function row(what: string, times: readonly number[], budget: number): ShownRow {
  const ours = at(times, 0.5);
  return {
    ...{ case: what, metric: 'ms', ours, peer: 'budget', theirs: budget, ratio: budget / ours, goal: 1 },
    shown: { slowest: at(times, 1).toFixed(0), of: String(times.length) },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'tidecast-bench-web-'));
const browser = await openBrowser();
try {
  const charts = await chartTimes(browser, points, turns);
  const root = join(folder, 'store');
  console.error(`writing ${items} items`);
  await wideStore(root, items);
  const searches = await searchTimes(browser, root, turns);
  report(
    'web',
    [
      row(`${points} points with three bands, drawn`, charts, budgets.chart),
      row(`a search among ${items} items`, searches, budgets.search),
    ],
    options.json,
  );
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
