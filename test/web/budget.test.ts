import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { openSite, type Site } from './site.ts';
import { visit } from './visit.ts';

/** Bytes of JavaScript that the first load may take, compressed. */
const most = 150_000;

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await openBrowser();
  site = await openSite();
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
});

const bytesOf = (file: string) => readFileSync(join(site.page, 'assets', file));

/** The files that a browser asks for until a page is there, workers and what they load included. */
async function loaded(hash: string, ready: string): Promise<readonly string[]> {
  const { page, open, close } = await visit(browser, { origin: site.origin });
  const files: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/')) files.push(basename(pathname));
  });
  await open(hash, ready);
  await page.waitForLoadState('networkidle');
  await close();
  return files;
}

/** Whether a script is, or has in it, ONNX Runtime. */
const isRuntime = (file: string): boolean => file.endsWith('.js') && bytesOf(file).includes('ort-wasm');

test('the first load is at most 150 kB of compressed JavaScript, without the runtime of models', async () => {
  const files = await loaded('', '.empty');
  const scripts = files.filter((file) => file.endsWith('.js'));
  // What index.html names and the page that is shown, at least.
  expect(scripts.length).toBeGreaterThanOrEqual(2);
  const sizes = scripts.map((file) => gzipSync(bytesOf(file)).length);
  const sum = sizes.reduce((total, size) => total + size, 0);
  expect(sum).toBeLessThanOrEqual(most);
  expect(sum).toBeGreaterThan(most / 15);
  expect(files.filter((file) => /wasm|worker/.test(file) || isRuntime(file))).toEqual([]);
}, 60_000);

test('no page but what-if has the runtime of models', async () => {
  for (const page of ['#/upload', '#/models/nobody', '#/models/nobody/use', '#/models/nobody/versions']) {
    const files = await loaded(page, 'main h1');
    expect(files.filter((file) => /wasm|worker/.test(file) || isRuntime(file))).toEqual([]);
  }
  // It is there, in the file of a worker that only the what-if page names.
  const all = readdirSync(join(site.page, 'assets'));
  const runtime = all.filter(isRuntime);
  expect(runtime).toEqual([expect.stringMatching(/^worker-/)]);
  expect(all.filter((file) => file.endsWith('.wasm'))).toHaveLength(1);
  const named = all.filter((file) => /\.(js|css)$/.test(file) && bytesOf(file).includes(runtime[0] ?? ''));
  expect(named).toEqual([expect.stringMatching(/^what-if-/)]);
}, 60_000);
