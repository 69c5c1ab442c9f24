import { readFileSync } from 'node:fs';

const row = /^\| `([A-Z_]+)` \| (\d{3}) \| ([^|]+) \|/gm;

/** Status and title of each code as docs/problems.md has them: what clients are written for. */
export const documented: Readonly<Record<string, readonly [status: number, title: string]>> =
  Object.fromEntries(
    [...readFileSync('docs/problems.md', 'utf8').matchAll(row)].map(([, code = '', status, title = '']) => [
      code,
      [Number(status), title],
    ]),
  );
