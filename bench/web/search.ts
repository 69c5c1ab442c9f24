import { createHash } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { emptyBlock, periodsKept, type SeriesRecord, updateSeries } from '../../shared/bundle/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { eventually } from '../../test/web/reading.ts';
import { openSite } from '../../test/web/site.ts';
import { names, steps, trainedStore } from '../../test/web/trained.ts';
import { visit } from '../../test/web/visit.ts';
import { en } from '../../web/words/en.ts';

/** A name in no order, by its number. */
const nameOf = (number: number): string =>
  createHash('sha1').update(String(number)).digest('hex').slice(0, 12);

/** A store with a model and so many items, each with one observation. */
export async function wideStore(root: string, items: number): Promise<void> {
  await trainedStore(root);
  const target = { last: 0, width: 1, data: Float64Array.of(1) };
  const records = Array.from({ length: items }, (_, i): SeriesRecord => {
    return { item: nameOf(i), target, past: emptyBlock, known: emptyBlock, statics: {} };
  });
  await updateSeries(fileStore(root), names.model, records, {
    context: periodsKept({ context: 1, horizon: steps }),
  });
}

/** In the page: notes when a key went down, and when a list of names that begin as typed was painted after it. */
const watch = `
const input = document.querySelector('[role=combobox]');
const list = document.querySelector('[role=listbox]');
let began = 0;
addEventListener('keydown', () => { began = performance.now(); globalThis.took = null; }, true);
new MutationObserver(() => {
  const names = [...list.querySelectorAll('[role=option]')].map((one) => one.textContent);
  if (globalThis.took !== null || names.length === 0 || !names.every((name) => name.startsWith(input.value))) return;
  globalThis.took = 0;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { globalThis.took = performance.now() - began; };
    channel.port2.postMessage(0);
  });
}).observe(list, { childList: true, subtree: true, characterData: true });
`;

/** Milliseconds from each key to the list on the screen, for the first letters of names. */
export async function searchTimes(
  browser: Browser,
  root: string,
  searches: number,
): Promise<readonly number[]> {
  const site = await openSite({ root });
  const { page, open, close } = await visit(browser, { origin: site.origin });
  try {
    await open(`#/models/${names.model}?item=${names.item}`, 'figure.chart');
    const input = page.getByRole('combobox', { name: en.model.item });
    await input.focus();
    await page.locator('[role=option]').first().waitFor();
    await page.evaluate(watch);
    const times: number[] = [];
    for (let search = 0; search < searches; search++) {
      await input.fill('');
      // Every letter is another list: no name that was found before has a zero in its place.
      const letters = nameOf(search).replaceAll('0', '7').slice(0, 3);
      for (const letter of letters) {
        await page.keyboard.press(letter);
        const took = await eventually(
          () => page.evaluate<number | null>('globalThis.took'),
          (now) => now !== null && now > 0,
        );
        if (!took) throw new Error(`no list came for ${letters}`);
        times.push(took);
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('ArrowDown');
      await page.locator('[role=option]').first().waitFor();
    }
    return times;
  } finally {
    await close();
    await site.close();
  }
}
