import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { collectReport } from '../../functions/cli/report-data.ts';
import { type PageParts, reportPage } from '../../functions/cli/report-page.ts';
import type { Report } from '../../web/report/report-data.ts';
import { en } from '../../web/words/en.ts';
import { openBrowser } from './chromium.ts';
import { barriers, overflow } from './faults.ts';
import { buildPage } from './site.ts';
import { names, trainedStore } from './trained.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-report-'));
const file = join(folder, 'report.html');
/** An item's name that would run as a script, and end the one that holds the data. */
const hostile = `</script><script>document.title = 'harmed'</script><img src=x onerror="document.title='harmed'">`;
let report: Report;
let parts: PageParts;
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
  parts = { script: read('report.js'), style: read('report.css') };
  text = reportPage(renamed, parts);
  writeFileSync(file, text);
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The colours that a canvas has most of, as numbers: how light the lines of its grid are. */
const lightness = (page: Page) =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('.plot canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] < 200) continue;
      const sum = data[i] + data[i + 1] + data[i + 2];
      counts.set(sum, (counts.get(sum) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0][0] / (3 * 255);
  })()`);

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
    grid: await lightness(page),
    barriers: await barriers(page),
    overflow: await overflow(page),
  }));
  expect(found).toEqual([]);
  expect(requests).toEqual([pathToFileURL(file).href.slice(0, 100)]);
  expect(result.title).toBe(`Tidecast: ${names.model}`);
  expect(result.grid > 0.5 ? 'light' : 'dark').toBe(theme);
  expect(result.charts).toBe(result.headings.length);
  expect(result.headings.some((heading) => heading.startsWith(hostile))).toBe(true);
  expect(result).toMatchObject({ barriers: [], overflow: [] });
});

test('charts take the colours of the theme that is chosen', async () => {
  const { result } = await opened('light', async (page) => {
    const seen = [await lightness(page)];
    for (const _ of ['dark', 'light']) {
      await page.locator('header button').click();
      await page.evaluate('new Promise((done) => setTimeout(done, 200))');
      seen.push(await lightness(page));
    }
    return seen.map((grid) => (grid > 0.5 ? 'light' : 'dark'));
  });
  expect(result).toEqual(['light', 'dark', 'light']);
});

test('of a version from before accuracy was kept, that alone is said', async () => {
  const whole = text;
  const older = {
    ...report,
    accuracy: null,
    series: report.series.map((one) => ({ ...one, scores: null, windows: [] })),
  };
  writeFileSync(file, reportPage(older, parts));
  const { result } = await opened('light', (page) => page.locator('main').innerText());
  writeFileSync(file, whole);
  expect(result).toContain(en.model.noAccuracy);
  expect(result).not.toContain(en.model.notScored);
});

test('an item that is not there is refused, and one named twice is shown once', async () => {
  const folderOf = join(folder, 'store', 'models', names.model, report.model.version);
  await expect(collectReport(folderOf, [names.item, 'nobody'])).rejects.toThrow(
    '--items must name items of the model, got "nobody"',
  );
  const { series } = await collectReport(folderOf, [names.item, names.item]);
  expect(series.map(({ item }) => item)).toEqual([names.item]);
});

test('a bundle’s folder that was copied elsewhere tells the same of its accuracy', async () => {
  const models = join(folder, 'store', 'models', names.model);
  const copy = join(folder, 'copied', 'my model (1)');
  cpSync(join(models, report.model.version), copy, { recursive: true });
  const alone = await collectReport(copy, undefined);
  expect(alone.model.version).toBe(report.model.version);
  expect(alone.accuracy).toEqual(report.accuracy);
  expect(alone.series.map(({ item }) => item).sort()).toEqual([names.item, names.other]);
  for (const one of alone.series) {
    expect(one).toMatchObject({ history: null, forecast: null });
    const same = report.series.find(({ item }) => item === one.item);
    expect([one.windows, one.scores]).toEqual([same?.windows, same?.scores]);
  }
});
