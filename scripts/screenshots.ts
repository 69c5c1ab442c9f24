/**
 * Pictures of every page of the dashboard, on really trained examples: those of the README to docs/screenshots/, the
 * others to .cache/screenshots/. Chinese ones need a font that has Chinese.
 * Usage: npm run screenshots [-- --store FOLDER --budget 90s --only NAME]
 * Models that the store has are not trained again. Default: .cache/screenshots-store, 90s.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { readCurrent } from '../shared/bundle/index.ts';
import { type ConfigurationInput, parseConfiguration, readLatest } from '../shared/documents/index.ts';
import { runJob } from '../shared/jobs/index.ts';
import { fileStore } from '../shared/store/index.ts';
import { openBrowser } from '../test/web/chromium.ts';
import { openSite, type Site } from '../test/web/site.ts';
import { settled, type VisitOptions, visit } from '../test/web/visit.ts';
import { en } from '../web/words/en.ts';

const { values: options } = parseArgs({
  options: {
    store: { type: 'string', default: '.cache/screenshots-store' },
    budget: { type: 'string', default: '90s' },
    only: { type: 'string' },
  },
});

const passengers = 'examples/air-passengers/air-passengers.csv';
const electricity = 'examples/electricity/electricity';
const small = { members: 1, units: 4 };

interface Shot {
  readonly hash: string;
  /** What is there when the page is. */
  readonly ready: string;
  readonly look?: Omit<VisitOptions, 'origin'>;
  /** What a reader does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
  /** Whether it stands in the README: as high as the window; others are as high as the page. */
  readonly readme?: boolean;
}

const model = { hash: '#/models/electricity?item=FR', ready: 'figure.chart >> nth=2' };
const whatIf = { hash: '#/models/electricity/what-if?item=FR', ready: '.outcome b' };
const start = { hash: '#/', ready: '.card .sparkline >> nth=1' };
const narrow = { width: 360, height: 740 };

async function more(page: Page): Promise<void> {
  await page.getByRole('button', { name: '+10%', exact: true }).click();
  await page.locator('.outcome b', { hasText: /[+−]/ }).waitFor();
}

const shots = (job: string): Readonly<Record<string, Shot>> => ({
  forecast: { ...model, readme: true, look: { height: 860 } },
  'what-if': { ...whatIf, act: more, readme: true, look: { height: 860 } },
  start,
  upload: { hash: '#/upload', ready: '#files', act: found },
  training: { hash: `#/datasets/electricity/jobs/${job}`, ready: 'figure.chart' },
  model: { ...model, act: backtests },
  use: { hash: '#/models/electricity/use?item=FR', ready: 'pre' },
  versions: { hash: '#/models/electricity/versions', ready: 'tbody tr >> nth=1' },
  'model-dark': { ...model, act: backtests, look: { theme: 'dark' } },
  'what-if-dark': { ...whatIf, act: more, look: { theme: 'dark' } },
  'upload-dark': { hash: '#/upload?example', ready: '.files li', look: { theme: 'dark' } },
  'start-zh': { ...start, look: { language: 'zh' } },
  'model-zh': { ...model, look: { language: 'zh' } },
  'what-if-zh-dark': { ...whatIf, act: more, look: { language: 'zh', theme: 'dark' } },
  'start-narrow': { ...start, look: narrow },
  'model-narrow': { ...model, look: narrow },
  'what-if-narrow': { ...whatIf, look: { ...narrow, theme: 'dark' } },
  'versions-narrow': { hash: '#/models/electricity/versions', ready: 'tbody tr >> nth=1', look: narrow },
});

async function found(page: Page): Promise<void> {
  await page.setInputFiles('#files', passengers);
  await page.getByRole('button', { name: en.upload.look }).click();
  await page.getByRole('heading', { name: en.upload.found }).waitFor();
  await settled(page);
}

async function backtests(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: en.model.backtests }).check();
  await page.getByText(en.model.backtestHonest).waitFor();
  await page.getByRole('checkbox', { name: en.model.anomalies }).check();
  await settled(page);
}

/** Trains what the store does not have: prices in two versions, the first a small one; passengers. */
async function train(root: string): Promise<string> {
  const store = fileStore(root);
  const run = async (
    dataset: string,
    files: string[],
    configuration: ConfigurationInput,
    related?: string[],
  ) => {
    console.error(`training ${dataset}, ${configuration.budget}`);
    const task = { root, dataset, files, processes: availableParallelism() };
    await runJob({ ...task, ...(related && { related }), configuration: parseConfiguration(configuration) });
  };
  if (!(await readCurrent(store, 'electricity'))) {
    const said = { horizon: 24, columns: { known: ['Exogenous1', 'Exogenous2'] } };
    for (const more of [{ ...small, budget: '20steps' }, { budget: options.budget }]) {
      await run('electricity', [`${electricity}.csv`], { ...said, ...more }, [`${electricity}-future.csv`]);
    }
  }
  if (!(await readCurrent(store, 'air-passengers'))) {
    await run('air-passengers', [passengers], { horizon: 12, budget: '20s' });
  }
  return (await readLatest(store, 'electricity'))?.job ?? '';
}

async function take(browser: Browser, site: Site, name: string, shot: Shot): Promise<void> {
  const { page, open, problems, close } = await visit(browser, { origin: site.origin, ...shot.look });
  await open(shot.hash, shot.ready);
  await shot.act?.(page);
  const path = join(shot.readme ? 'docs/screenshots' : '.cache/screenshots', `${name}.png`);
  await page.screenshot({ path, fullPage: !shot.readme, animations: 'disabled' });
  await close();
  console.log(`${path} ${Math.round(readFileSync(path).length / 1000)} kB`);
  for (const problem of problems()) {
    console.error(`${name}: ${problem}`);
    process.exitCode = 1;
  }
}

for (const folder of ['docs/screenshots', '.cache/screenshots']) mkdirSync(folder, { recursive: true });
const job = await train(options.store);
const browser = await openBrowser();
const site = await openSite({ root: options.store });
try {
  for (const [name, shot] of Object.entries(shots(job))) {
    if (options.only === undefined || options.only === name) await take(browser, site, name, shot);
  }
} finally {
  await browser.close();
  await site.close();
}
