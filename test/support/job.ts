import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfigurationInput, parseConfiguration } from '../../shared/documents/index.ts';
import type { RunTask } from '../../shared/jobs/index.ts';
import { createRandom } from '../../shared/random/index.ts';

/** A table of hourly series with a daily season, each on a level of its own. */
export function hourlyTable({ items = 4, hours = 300 } = {}): string {
  const rows = Array.from({ length: items }, (_, item) => {
    const random = createRandom(item + 1);
    return Array.from({ length: hours }, (_row, hour) => {
      const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' ');
      const wave = 3 * Math.sin((2 * Math.PI * hour) / 24) + random.normal();
      return `item ${item},${time},${(10 * (item + 1) + wave).toFixed(3)}`;
    });
  });
  return `${['item_id,timestamp,target', ...rows.flat()].join('\n')}\n`;
}

/** Small enough for seconds: two members of 8 units, trained for 60 steps; transforms are not tried. */
export const smallConfiguration: ConfigurationInput = {
  members: 2,
  units: 8,
  budget: '60steps',
  horizon: 12,
  transform: 'identity',
};

export const smallTask = (root: string, file: string, more: ConfigurationInput = {}): RunTask => ({
  root,
  dataset: 'small',
  files: [file],
  configuration: parseConfiguration({ ...smallConfiguration, ...more }),
  processes: 2,
  // What is made twice is to be the same.
  now: () => new Date(0),
});

/** A folder for one test file, with new folders and files in it; removed at the end. */
export function scratch(prefix: string) {
  const base = mkdtempSync(join(tmpdir(), `tidecast-${prefix}-`));
  let count = 0;
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  return {
    base,
    /** A path that nothing is at. */
    root: () => join(base, `root ${++count}`),
    table(text: string): string {
      const file = join(base, `table ${++count}.csv`);
      writeFileSync(file, text);
      return file;
    },
  };
}

/** Every file below a folder, hidden ones too, with its bytes in hexadecimal. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file).toString('hex')]),
  );
}
