import { type Panel, type ReadOptions, readDataset } from '../../../shared/dataset/index.ts';
import { printFrequency, printPeriod } from '../../../shared/frequency/index.ts';
import { tableFolder } from '../files.ts';
import { refusalOf } from '../refusal.ts';

/** A file as somebody has it, and what becomes of it. */
export interface Input {
  readonly title: string;
  /** Default: t.csv. */
  readonly name?: string;
  /** Lines, or the bytes as they are. */
  readonly content: readonly string[] | Uint8Array;
  readonly options?: ReadOptions;
  /** The target by item, all channels of a period after one another; null where missing. */
  readonly gives?: Readonly<Record<string, readonly (number | null)[]>>;
  /** The first item's first period, and the frequency. */
  readonly from?: string;
  readonly frequency?: string;
  /** Why it is refused. */
  readonly message?: string | RegExp;
  /** Line, row or column of the first fault; its file goes without saying. */
  readonly place?: object;
  readonly count?: number;
  readonly code?: string;
}

/** The target by item; null where missing. */
export function targetsOf({ items, indptr, target, channels }: Panel): Record<string, (number | null)[]> {
  const at = (i: number) => (indptr[i] ?? 0) * channels.length;
  return Object.fromEntries(
    items.map((item, i) => [
      item,
      [...target.subarray(at(i), at(i + 1))].map((value) => (Number.isNaN(value) ? null : value)),
    ]),
  );
}

/** A test for each. */
export function testInputs(inputs: readonly Input[]): void {
  const folder = tableFolder();
  test.each(inputs)('$title', async ({ name = 't.csv', content, options, gives, message, ...more }) => {
    const bytes = content instanceof Uint8Array ? content : Buffer.from(`${content.join('\n')}\n`);
    const reading = readDataset(await folder.bytes(bytes, name), options);
    if (gives) {
      const { panel } = await reading;
      expect(targetsOf(panel)).toEqual(gives);
      if (more.from) expect(printPeriod(panel.frequency, panel.start[0] ?? 0)).toBe(more.from);
      if (more.frequency) expect(printFrequency(panel.frequency)).toBe(more.frequency);
      return;
    }
    const refusal = await refusalOf(reading, folder);
    if (message instanceof RegExp) expect(refusal.message).toMatch(message);
    else expect(refusal.message).toBe(message);
    expect(refusal.code).toBe(more.code ?? 'DATA');
    if (more.place) expect(refusal.place).toEqual({ file: name, ...more.place });
    if (more.count !== undefined) expect(refusal.count).toBe(more.count);
  });
}

/** Daily rows from 2024-01-01 on, for items that are named in turn. */
export const daily = (from: string, ...values: readonly (string | number)[]): string[] =>
  values.map((value, i) => `${from}2024-01-${String(i + 1).padStart(2, '0')},${value}`);
