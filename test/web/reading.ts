import type { Locator } from 'playwright-core';

export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The texts of the first table inside a part of the page. */
export async function cellsOf(part: Locator): Promise<Cells> {
  const table = part.locator('table').first();
  await table.waitFor();
  const text = (row: Locator) => row.locator('th, td').allInnerTexts();
  const rows = await table.locator('tbody tr').all();
  return { columns: await text(table.locator('thead tr')), rows: await Promise.all(rows.map(text)) };
}

/** A number as it is written in English. */
export const numberOf = (text: string | undefined): number =>
  Number((text ?? '').replaceAll(',', '').replace('−', '-'));

/** Reads again and again until what is there is good; what is there in the end. */
export async function eventually<T>(
  read: () => Promise<T>,
  isGood: (now: T) => boolean,
  patience = 10_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (let now = await read(); ; now = await read()) {
    if (isGood(now) || Date.now() > end) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
