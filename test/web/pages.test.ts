import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { languages } from '../../web/words/index.ts';
import { openBrowser } from './chromium.ts';
import { barriers, overflow, untranslated } from './faults.ts';
import { testChecks } from './pages/checks.ts';
import { testKeys } from './pages/keys.ts';
import { testOpened } from './pages/opened.ts';
import { testWhatIf } from './pages/what-if.ts';
import { openSite, type Site } from './site.ts';
import { names, trainedStore } from './trained.ts';
import { visit } from './visit.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-pages-'));
let browser: Browser;
let site: Site;
let job: string;
beforeAll(async () => {
  const root = join(folder, 'store');
  browser = await openBrowser();
  site = await openSite({ root });
  ({ job } = await trainedStore(root));
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly hash: string;
  /** What is there when the page is. */
  readonly ready: string;
  /** A request that is refused, which a browser notes down as an error. */
  readonly refused?: RegExp;
}

const { model, running, failed } = names;
const pages = (): Readonly<Record<string, Shown>> => ({
  start: { hash: '#/', ready: '.card .sparkline' },
  upload: { hash: '#/upload', ready: '#files' },
  'upload of the example': { hash: '#/upload?example', ready: '.files li' },
  training: { hash: `#/datasets/${model}/jobs/${job}`, ready: '.notice-good' },
  'training that runs': { hash: `#/datasets/${running}/jobs/j1`, ready: '.members li' },
  'training that failed': { hash: `#/datasets/${failed}/jobs/j2`, ready: '.notice-bad' },
  model: { hash: `#/models/${model}`, ready: 'figure.chart >> nth=2' },
  'what if': { hash: `#/models/${model}/what-if`, ready: '.outcome b' },
  use: { hash: `#/models/${model}/use`, ready: 'pre' },
  versions: { hash: `#/models/${model}/versions`, ready: 'tbody tr >> nth=1' },
  'no such model': { hash: '#/models/nobody', ready: '[role=alert]', refused: /404.*\/v1\/models\/nobody/ },
});

const ways = languages.flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

test.each(ways)(
  'every page in $language, $theme: no error, nobody shut out, nothing too wide or untranslated',
  async ({ language, theme }) => {
    const reader = await visit(browser, { origin: site.origin, language, theme });
    const faults: Record<string, readonly string[]> = {};
    for (const [name, { hash, ready, refused }] of Object.entries(pages())) {
      await reader.open(hash, ready);
      const found = [
        ...(await barriers(reader.page)),
        ...(await overflow(reader.page)),
        ...(await untranslated(reader.page, language)),
      ];
      const told = reader.problems().filter((problem) => !refused?.test(problem));
      if (told.length + found.length > 0) faults[name] = [...told, ...found];
    }
    await reader.close();
    expect(faults).toEqual({});
    expect(site.errors).toEqual([]);
  },
  120_000,
);

const world = () => ({ browser, site });
testChecks(world);
testOpened(world);
testKeys(world);
testWhatIf(world);
