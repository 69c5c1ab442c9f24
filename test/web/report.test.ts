import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { collectReport } from '../../functions/cli/report-data.ts';
import { reportPage } from '../../functions/cli/report-page.ts';
import type { Report } from '../../web/report/report-data.ts';
import { openBrowser } from './chromium.ts';
import { barriers, overflow } from './faults.ts';
import { buildPage } from './site.ts';
import { names, trainedStore } from './trained.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-report-'));
const file = join(folder, 'report.html');
/** An item's name that would run as a script, and end the one that holds the data. */
const hostile = `</script><script>document.title = 'harmed'</script><img src=x onerror="document.title='harmed'">`;
let report: Report;
let text: string;
let browser: Browser;

beforeAll(async () => {
  const root = join(folder, 'store');
  await trainedStore(root);
  const models = join(root, 'models', names.model);
  const { version } = JSON.parse(readFileSync(join(models, 'current.json'), 'utf8'));
  report = await collectReport(join(models, version), undefined);
  const built = join(folder, 'built');
  await buildPage(built, join(process.cwd(), 'web', 'report'));
  const read = (name: string) => readFileSync(join(built, name), 'utf8');
  const [first] = report.series;
  const renamed = { ...report, series: first ? [...report.series, { ...first, item: hostile }] : [] };
  text = reportPage(renamed, { script: read('report.js'), style: read('report.css') });
  writeFileSync(file, text);
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the file and notes whatever it asks for besides, and what goes wrong. */
async function opened<T>(theme: 'light' | 'dark', look: (page: Page) => Promise<T>) {
  const context = await browser.newContext({ colorScheme: theme, locale: 'en-GB' });
  const page = await context.newPage();
  const found: string[] = [];
  page.on('console', (message) => found.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => found.push(error.message));
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url().slice(0, 100)));
  await page.goto(pathToFileURL(file).href);
  await page.locator('main h1').waitFor();
  const result = await look(page);
  await context.close();
  return { result, found, requests };
}

test('has the model’s own numbers, forecasts, and backtests of what was not seen', () => {
  const { model, accuracy, series } = report;
  expect(model.metrics?.scores.mase).toBeGreaterThan(0);
  expect(accuracy?.calibration.map(({ level }) => level)).toEqual(model.quantiles);
  expect(series.map(({ item }) => item)).toEqual([names.item, names.other]);
  for (const { history, forecast, windows, scores } of series) {
    expect(forecast?.timestamps).toHaveLength(model.horizon);
    expect(windows.length).toBeGreaterThan(0);
    expect(scores?.channels[0]?.mase).toBeGreaterThan(0);
    const stored = new Map(history?.timestamps.map((time, i) => [time, history.values[i]]));
    for (const { timestamps, observed } of windows)
      expect(timestamps.map((time) => stored.get(time))).toEqual(observed);
  }
});

test.each(['light', 'dark'] as const)('opens from the disk alone, %s', async (theme) => {
  const { result, found, requests } = await opened(theme, async (page) => ({
    title: await page.title(),
    headings: await page.locator('figcaption').allInnerTexts(),
    charts: await page.locator('.plot canvas').count(),
    barriers: await barriers(page),
    overflow: await overflow(page),
  }));
  expect(found).toEqual([]);
  expect(requests).toEqual([pathToFileURL(file).href.slice(0, 100)]);
  expect(result.title).toBe(`Tidecast: ${names.model}`);
  expect(result.charts).toBe(result.headings.length);
  expect(result.headings.some((heading) => heading.startsWith(hostile))).toBe(true);
  expect(result).toMatchObject({ barriers: [], overflow: [] });
});

test('a bundle’s folder that was copied elsewhere tells the same of its accuracy', async () => {
  const models = join(folder, 'store', 'models', names.model);
  const copy = join(folder, 'copied', report.model.version);
  cpSync(join(models, report.model.version), copy, { recursive: true });
  const alone = await collectReport(copy, undefined);
  expect(alone.accuracy).toEqual(report.accuracy);
  expect(alone.series.map(({ item }) => item).sort()).toEqual([names.item, names.other]);
  for (const one of alone.series) {
    expect(one).toMatchObject({ history: null, forecast: null });
    const same = report.series.find(({ item }) => item === one.item);
    expect([one.windows, one.scores]).toEqual([same?.windows, same?.scores]);
  }
});
