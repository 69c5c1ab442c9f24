import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { buildPage, openSite } from '../../test/web/site.ts';
import { visit } from '../../test/web/visit.ts';

/** Milliseconds in which the dashboard's own chart was on the screen, each time a new one. */
export async function chartTimes(
  browser: Browser,
  points: number,
  turns: number,
): Promise<readonly number[]> {
  const page = mkdtempSync(join(tmpdir(), 'tidecast-bench-web-'));
  await buildPage(page, fileURLToPath(new URL('.', import.meta.url)));
  const site = await openSite({ page });
  const reader = await visit(browser, { origin: site.origin });
  try {
    await reader.page.goto(site.origin);
    const times: number[] = [];
    // The first one warms up.
    for (let turn = -1; turn < turns; turn++) {
      const took = await reader.page.evaluate<number>(`drawn(${points})`);
      if (turn >= 0) times.push(took);
    }
    const problems = reader.problems();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return times;
  } finally {
    await reader.close();
    await site.close();
    rmSync(page, { recursive: true, force: true });
  }
}
