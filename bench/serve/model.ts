import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is measured on: hourly series with a day's and a week's cycle. */
export const model = 'served';
const hours = 1000;

const valueAt = (item: number, hour: number): number =>
  100 + item + 10 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 7);

export interface BenchSeries {
  readonly item: string;
  readonly start: string;
  readonly target: readonly number[];
}

/** Series as requests have them. */
export const seriesOf = (count: number, length: number): readonly BenchSeries[] =>
  Array.from({ length: count }, (_, item) => ({
    item: `item ${item}`,
    start: '2024-01-01T00:00:00Z',
    target: Array.from({ length }, (__, hour) => Number(valueAt(item, hour).toFixed(2))),
  }));

/** A model of the default shape but for its one member: how well it was trained does not change how fast it is. */
export async function trainOne(root: string, seed = 1): Promise<void> {
  const rows = seriesOf(20, hours).flatMap(({ item, target }) =>
    target.map((value, hour) => `${item},${new Date(Date.UTC(2024, 0, 1, hour)).toISOString()},${value}`),
  );
  const [file, configuration] = [join(root, 'table.csv'), join(root, 'served.yaml')];
  writeFileSync(file, `${['item_id,timestamp,target', ...rows].join('\n')}\n`);
  writeFileSync(configuration, `members: 1\nbudget: 25steps\nhorizon: 24\nseed: ${seed}\n`);
  const options = ['--out', root, '--name', model, '--config', configuration];
  await run(process.execPath, ['--import', 'tsx', 'functions/cli/main.ts', 'train', file, ...options]);
}
