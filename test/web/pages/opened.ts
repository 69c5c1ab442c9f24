import { en } from '../../../web/words/en.ts';
import { barriers, overflow } from '../faults.ts';
import { names } from '../trained.ts';
import { settled, visit } from '../visit.ts';
import type { World } from './world.ts';

/** What is not there before somebody asks for it: dialogs, lists, tables, further lines of a chart. */
export function testOpened(world: () => World): void {
  test('what a reader opens is as good as what is there at first', async () => {
    const { browser, site } = world();
    const { page, open, problems, close } = await visit(browser, { origin: site.origin, theme: 'dark' });
    await open(`#/models/${names.model}`, 'figure.chart >> nth=2');
    await page.getByRole('checkbox', { name: en.model.backtests }).check();
    await page.getByText(en.model.backtestHonest).waitFor();
    await page.getByRole('checkbox', { name: en.model.anomalies }).check();
    await page.getByText(/observations outside the widest interval|No anomaly/).waitFor();
    await page.getByText(en.chart.table).first().click();
    await page.locator('.chart-table table').first().waitFor();
    await page.getByRole('combobox', { name: en.model.item }).click();
    await page.getByRole('option', { name: names.other }).waitFor();
    await settled(page);
    const onPage = [...(await barriers(page)), ...(await overflow(page))];
    // The dialog is above the list, which closes.
    await page.getByRole('button', { name: en.app.connection }).click();
    await page.getByRole('dialog', { name: en.connection.title }).waitFor();
    const inDialog = [...(await barriers(page)), ...(await overflow(page))];
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect({ onPage, inDialog, problems: problems() }).toEqual({ onPage: [], inDialog: [], problems: [] });
    await close();
  }, 60_000);
}
