import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The lines of a development data file, its header first, by `TIDECAST_DATA` (default ../shared/data). */
export function dataLines(file: string): readonly string[] {
  const folder = process.env.TIDECAST_DATA ?? '../shared/data';
  const path = join(folder, file);
  if (!existsSync(path)) {
    throw new Error(
      `this suite needs the development data, got no ${path}: name its folder in TIDECAST_DATA (default ../shared/data)`,
    );
  }
  const bytes = readFileSync(path);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.trimEnd().split(/\r?\n/);
}

/** The rows of a development data file without its header. */
export const dataRows = (file: string): readonly (readonly string[])[] =>
  dataLines(file)
    .slice(1)
    .map((line) => line.split(','));

/** The series of a long file `item_id,timestamp,target`, in the order of the file. */
export function longSeries(file: string): ReadonlyMap<string, Float64Array> {
  const values = new Map<string, number[]>();
  for (const [item = '', , target] of dataRows(file)) {
    const series = values.get(item);
    if (series) series.push(Number(target));
    else values.set(item, [Number(target)]);
  }
  return new Map([...values].map(([item, series]) => [item, Float64Array.from(series)]));
}
