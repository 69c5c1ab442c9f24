import type { Page } from 'playwright-core';
import { en } from '../../../web/words/en.ts';
import { cellsOf } from '../reading.ts';
import { names } from '../trained.ts';
import { visit } from '../visit.ts';
import type { World } from './world.ts';

/** Goes on with Tab until something is reached; how many it took. */
async function tabTo(page: Page, wanted: string, most = 30): Promise<number> {
  for (let count = 1; count <= most; count++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${wanted}:focus`).count()) > 0) return count;
  }
  throw new Error(`${wanted} is not reached with ${most} times Tab`);
}

/** Everything with the keys alone. */
export function testKeys(world: () => World): void {
  test('the keys reach the content, find an item, and walk along its chart, which says what the table says', async () => {
    const { browser, site } = world();
    const { page, open, problems, close } = await visit(browser, { origin: site.origin });
    await open(`#/models/${names.model}`, 'figure.chart');
    await tabTo(page, '.skip', 1);
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();

    await tabTo(page, '[role=combobox]', 6);
    await page.keyboard.type(names.other.slice(0, 2));
    await page.getByRole('option', { name: names.other, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    const chart = page.getByRole('figure').filter({ hasText: en.model.chart(names.other) });
    await chart.waitFor();
    expect(await page.evaluate('location.hash')).toBe(`#/models/${names.model}?item=${names.other}`);

    await tabTo(page, '.plot');
    const readout = chart.locator('output');
    expect(await readout.innerText()).toBe(en.chart.hover);
    await page.keyboard.press('End');
    await readout.locator('b').waitFor();
    const last = await readout.innerText();
    await page.keyboard.press('ArrowLeft');
    await readout.filter({ hasNotText: last.split('\n')[0] ?? '' }).waitFor();
    const before = await readout.innerText();
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    const { columns, rows } = await cellsOf(chart);
    const median = columns.indexOf(en.model.median);
    for (const [said, row] of [
      [before, rows.at(-2)],
      [last, rows.at(-1)],
    ] as const) {
      expect(said.split('\n').slice(0, 2)).toEqual([row?.[0], `${en.model.median} ${row?.[median]}`]);
    }
    expect(problems()).toEqual([]);
    await close();
  }, 60_000);
}
