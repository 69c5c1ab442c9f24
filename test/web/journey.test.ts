import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { en } from '../../web/words/en.ts';
import { openBrowser } from './chromium.ts';
import { cellsOf, numberOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { settled, visit } from './visit.ts';

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await openBrowser();
  site = await openSite({ processes: 2 });
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
});

const passengers = 'examples/air-passengers/air-passengers.csv';
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const api = async (path: string, body?: object) => {
  const answer = await fetch(`${site.origin}/v1/${path}`, {
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' } }),
    ...(body && { body: JSON.stringify(body) }),
  });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.json();
};

/** Chooses a file as a person does, and has it looked at. */
async function look(page: Page, name: string, text: string): Promise<void> {
  await page.setInputFiles('#files', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await button(page, en.upload.look).click();
  await page.getByRole('heading', { name: en.upload.found }).waitFor();
  await settled(page);
}

test('a table becomes a forecast, and the page says what the API says', async () => {
  const { page, open, problems, close } = await visit(browser, { origin: site.origin });
  await open('');
  await page.getByRole('heading', { name: en.start.emptyTitle }).waitFor();
  await page.getByRole('link', { name: en.start.upload, exact: true }).click();

  await look(page, 'air-passengers.csv', readFileSync(passengers, 'utf8'));
  expect(await page.getByText(en.upload.trainable).isVisible()).toBe(true);
  const role = (column: string) => page.getByLabel(en.upload.roleOf(column)).inputValue();
  expect([await role('timestamp'), await role('value')]).toEqual(['time', 'target']);
  expect(await page.getByLabel(en.upload.frequency).inputValue()).toBe('1mo');
  expect(await page.locator('main').innerText()).toContain(en.upload.complete);
  expect(await page.locator('main').innerText()).toMatch(/1 item in 144 rows, from 1949-01-01 to 1960-12-01/);
  expect(await page.locator('.preview tbody tr').first().innerText()).toMatch(/1949-01-01\s+112/);

  await page.getByLabel(en.upload.budget).fill('30steps');
  await page.getByLabel(en.upload.horizon).fill('6');
  await button(page, en.upload.apply).click();
  await button(page, en.upload.apply).waitFor({ state: 'detached' });
  await settled(page);
  expect(await page.getByLabel(en.upload.horizon).inputValue()).toBe('6');
  await button(page, en.upload.start).click();

  await page.getByRole('heading', { name: en.training.title('air-passengers') }).waitFor();
  // Networks are seen at work before the end is seen.
  await page
    .getByText(new RegExp(`${en.training.phases.choose}|${en.training.phases.refit}`))
    .first()
    .waitFor();
  await page.getByRole('link', { name: en.training.open }).click({ timeout: 60_000 });

  const chart = page.getByRole('figure').filter({ hasText: en.model.chart('series') });
  await chart.getByText(en.chart.table).click();
  const { forecasts } = await api('models/air-passengers/forecast', {
    items: ['series'],
    quantiles: [0.1, 0.5, 0.9],
  });
  const [{ timestamps, quantiles }] = forecasts;
  expect(timestamps).toHaveLength(6);
  const { columns, rows } = await cellsOf(chart);
  const [low, high] = [en.chart.low, en.chart.high].map((of) =>
    columns.indexOf(of(en.model.interval('80%'))),
  );
  const median = columns.indexOf(en.model.median);
  expect([low, high, median]).not.toContain(-1);
  const shown = rows.slice(-6);
  expect(shown.map(([time]) => new Date(`${time} UTC`).toISOString().slice(0, 10))).toEqual(timestamps);
  for (const [column, { values }] of [low, median, high].map((at, i) => [at, quantiles[i]] as const)) {
    shown.forEach((row, step) => {
      expect(Math.abs(numberOf(row[column ?? 0]) / values[step] - 1)).toBeLessThan(5.1e-4);
    });
  }
  // What was uploaded stands before the forecast.
  expect(rows.at(-7)?.slice(0, 2)).toEqual(['1 Dec 1960', '432']);

  const { metrics } = await api('models/air-passengers');
  const table = await cellsOf(page.locator('table.metrics').locator('..'));
  const scores = [metrics.scores, ...Object.values<Record<string, number>>(metrics.baselines)];
  expect(table.rows).toHaveLength(scores.length);
  for (const [i, { mase = 0, wql = 0 }] of scores.entries()) {
    expect(numberOf(table.rows[i]?.[table.columns.indexOf('MASE')]) / mase).toBeCloseTo(1, 3);
    expect(numberOf(table.rows[i]?.[table.columns.indexOf('wQL')]) / wql).toBeCloseTo(1, 3);
  }
  expect([problems(), site.errors]).toEqual([[], []]);
  await close();
}, 120_000);

test('a table with a bad number is refused with its row, and nothing of it is left behind', async () => {
  const { page, open, problems, close } = await visit(browser, { origin: site.origin });
  await open('#/upload');
  const lines = readFileSync(passengers, 'utf8').split('\n');
  lines[20] = '1950-08-01,12o';
  await look(page, 'bad.csv', lines.join('\n'));
  const refusal = page.getByRole('alert');
  expect(await refusal.innerText()).toContain('bad.csv, line 21, column value');
  expect(await refusal.innerText()).toContain('"12o"');
  expect(await button(page, en.upload.start).isDisabled()).toBe(true);
  const { datasets } = await api('datasets');
  expect(datasets.map(({ dataset }: { dataset: string }) => dataset)).not.toContain('bad');

  await button(page, en.upload.discard).click();
  await page.locator('#files').waitFor({ state: 'attached' });
  expect([problems(), site.errors]).toEqual([[], []]);
  await close();
}, 60_000);
