import type { Page } from 'playwright-core';
import { en } from '../../../web/words/en.ts';
import { eventually } from '../reading.ts';
import { names } from '../trained.ts';
import { visit } from '../visit.ts';
import type { World } from './world.ts';

interface History {
  readonly target: Readonly<Record<string, readonly number[]>>;
  readonly known: Readonly<Record<string, readonly number[]>>;
}

interface Forecast {
  readonly mean: readonly number[];
  readonly quantiles: readonly { readonly values: readonly number[] }[];
}

/** The numbers of the table that the page offers: a row for each step, mean and quantiles. */
async function savedRows(page: Page): Promise<readonly (readonly number[])[]> {
  const link = await page.getByRole('link', { name: en.whatIf.csv }).getAttribute('href');
  const [, text = ''] = decodeURIComponent(link ?? '').split('utf-8,');
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line) => line.split(',').slice(2).map(Number));
}

/** Loads a tenth higher by the button for all steps, the third step by hand. */
async function change(page: Page): Promise<void> {
  await page.getByRole('button', { name: '+10%', exact: true }).click();
  await page.locator('.steps input').nth(2).fill('70000');
  await page.locator('.steps input').nth(2).press('Tab');
}

export function testWhatIf(world: () => World): void {
  const path = (rest: string) => `${world().site.origin}/v1/models/${names.model}/${rest}`;

  /** What the server says of the same loads. */
  async function ofServer(): Promise<readonly (readonly number[])[]> {
    const history: History = await (await fetch(path(`items/history?item=${names.item}`))).json();
    const rows = history.target.y?.length ?? 0;
    const known = Object.fromEntries(
      Object.entries(history.known).map(([name, values]) => [name, values.slice(rows, rows + 24)]),
    );
    known.Exogenous1 = known.Exogenous1?.map((load, step) => (step === 2 ? 70_000 : load * 1.1)) ?? [];
    const answer = await fetch(path('forecast'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [names.item], known: { [names.item]: known } }),
    });
    const [{ mean, quantiles }]: [Forecast] = (await answer.json()).forecasts;
    return mean.map((value, step) => [value, ...quantiles.map(({ values }) => values[step] ?? Number.NaN)]);
  }

  const furthest = (rows: readonly (readonly number[])[], others: readonly (readonly number[])[]) =>
    Math.max(
      ...rows.flatMap((row, i) =>
        row.map((value, k) => Math.abs(value / (others[i]?.[k] ?? Number.NaN) - 1)),
      ),
    );

  test('a what-if computed in the page is what the server computes, within 1e-4', async () => {
    const { browser, site } = world();
    const { page, open, problems, close } = await visit(browser, { origin: site.origin });
    await open(`#/models/${names.model}/what-if`, '.outcome b');
    const stored = await savedRows(page);
    await change(page);
    const server = await ofServer();
    const rows = await eventually(
      () => savedRows(page),
      (now) => furthest(now, server) < 1e-4,
    );
    expect(furthest(rows, server)).toBeLessThan(1e-4);
    expect(rows).toHaveLength(24);
    expect(furthest(stored, rows)).toBeGreaterThan(1e-3);
    expect(await page.locator('.outcome').innerText()).toContain(en.whatIf.here);
    // The chart reaches to the end of the forecast, which came after it.
    const plot = page.locator('.result .u-over');
    const { width = 0, height = 0 } = (await plot.boundingBox()) ?? {};
    await plot.hover({ position: { x: width - 1, y: height / 2 } });
    const readout = page.locator('.result output.readout');
    expect(await readout.innerText()).toContain(`${en.whatIf.after} `);
    expect(await readout.innerText()).toMatch(/^\d+ \w+ \d{4}, 23:00/);
    expect(problems()).toEqual([]);
    await close();
  }, 60_000);

  test('where the page cannot have the model, the server computes, and the page says so', async () => {
    const { browser, site } = world();
    const { page, open, close } = await visit(browser, { origin: site.origin });
    await page.route('**/bundle?*', (route) => route.abort());
    await open(`#/models/${names.model}/what-if`, '.outcome b');
    await change(page);
    const server = await ofServer();
    const rows = await eventually(
      () => savedRows(page),
      (now) => furthest(now, server) < 1e-9,
    );
    expect(furthest(rows, server)).toBeLessThan(1e-9);
    expect(await page.locator('.outcome').innerText()).toContain(en.whatIf.server);
    await close();
  }, 60_000);
}
