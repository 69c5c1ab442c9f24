import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The lines of a development data file, its header first, by `TIDECAST_DATA` (default ../shared/data). */
export function dataLines(file: string): readonly string[] {
  const folder = process.env.TIDECAST_DATA ?? '../shared/data';
  const path = join(folder, file);
  if (!existsSync(path)) {
    throw new Error(
      `accuracy is measured on the development data, got no ${path}: name its folder in TIDECAST_DATA (default ../shared/data)`,
    );
  }
  const bytes = readFileSync(path);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.trimEnd().split(/\r?\n/);
}
