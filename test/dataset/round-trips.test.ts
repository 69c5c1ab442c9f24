import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { encodePanel, type Panel, type ReadOptions, readDataset } from '../../shared/dataset/index.ts';
import { zstdOf } from './inputs/zstd.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidecast-forms-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Row {
  readonly id: string;
  readonly ds: string;
  readonly y: number | null;
  readonly x: number | null;
}

const header = ['id', 'ds', 'y', 'x'];
const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

function delimited(rows: readonly Row[], delimiter: string, print: (value: number) => string): string {
  const cell = (value: number | null) => (value === null ? '' : print(value));
  const lines = rows.map(({ id, ds, y, x }) => [quoted(id), ds, cell(y), cell(x)].join(delimiter));
  return `${[header.join(delimiter), ...lines].join('\n')}\n`;
}

const csv = (rows: readonly Row[]) => delimited(rows, ',', String);
const jsonLines = (rows: readonly Row[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

/** With groups of three, in a decimal comma; numbers that need an exponent keep it. */
function german(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  if (/e/.test(String(value))) return String(value).replace('.', ',');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** DuckDB compresses in blocks that are compressed, which our frames of zstd are not. */
async function written(rows: readonly Row[], format: string): Promise<Buffer> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const [from, to] = [join(folder, 'from.jsonl'), join(folder, 'to')];
  await writeFile(from, jsonLines(rows));
  const types = "{id: 'VARCHAR', ds: 'DATE', y: 'DOUBLE', x: 'DOUBLE'}";
  const read = `read_json('${from}', format = 'newline_delimited', columns = ${types})`;
  await connection.run(`COPY (SELECT * FROM ${read}) TO '${to}' (${format})`);
  instance.closeSync();
  return readFile(to);
}

type Form = (rows: readonly Row[]) => string | Uint8Array | Promise<Uint8Array>;

const forms: Readonly<Record<string, readonly [write: Form, options?: ReadOptions]>> = {
  tabulators: [(rows) => delimited(rows, '\t', String)],
  'semicolons and a decimal comma': [(rows) => delimited(rows, ';', german), { decimal: ',' }],
  'bars and carriage returns': [(rows) => delimited(rows, '|', String).replaceAll('\n', '\r\n')],
  'UTF-16': [(rows) => Buffer.from(`\ufeff${csv(rows)}`, 'utf16le')],
  'UTF-16, big-endian': [(rows) => Buffer.from(`\ufeff${csv(rows)}`, 'utf16le').swap16()],
  gzip: [(rows) => gzipSync(csv(rows))],
  'zstd, not compressed': [(rows) => zstdOf(csv(rows))],
  zstd: [(rows) => written(rows, 'FORMAT csv, COMPRESSION zstd, FORCE_QUOTE (id)')],
  'JSON lines': [jsonLines],
  'JSON lines in gzip': [(rows) => gzipSync(jsonLines(rows))],
  'a JSON array': [(rows) => JSON.stringify(rows, null, 1)],
  Parquet: [(rows) => written(rows, 'FORMAT parquet')],
};

/** Names with what is special somewhere; not of blanks alone, and with no lone halves of characters. */
const names = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    '1',
    'ö',
    '🌊',
    '"',
    ',',
    ';',
    '|',
    '\t',
    '/',
    '\\',
    "'",
    '=',
    '.',
    ' ',
  ),
  minLength: 1,
  maxLength: 6,
});
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.integer({ min: -2_000_000, max: 2_000_000 }).map((value) => value / 1000),
  fc.constant(null),
);

/** Items with rows on at least two days in a row, so that every form shows the same frequency. */
const tables: fc.Arbitrary<Row[]> = fc
  .uniqueArray(
    names.filter((name) => name.trim() === name && name !== ''),
    { minLength: 1, maxLength: 4 },
  )
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .tuple(
            fc.integer({ min: 0, max: 20_000 }),
            fc.array(fc.tuple(numbers, numbers), { minLength: 3, maxLength: 12 }),
          )
          .map(([start, values]) =>
            values.map(
              ([y, x], i): Row => ({
                id,
                ds: day(start + i),
                y: i === 0 ? (y ?? 1.5) : y,
                x: i === 0 ? (x ?? 2) : x,
              }),
            ),
          ),
      ),
    ),
  )
  .map((items) => items.flat());

async function panelOf(form: readonly [Form, ReadOptions?], rows: readonly Row[]): Promise<Panel> {
  const [write, options] = form;
  const file = join(folder, 'table');
  await writeFile(file, await write(rows));
  return (await readDataset(file, { target: 'y', past: ['x'], item: 'id', time: 'ds', ...options })).panel;
}

test.each(Object.entries(forms))(
  'a table as %s is the same panel as CSV',
  async (_, form) => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const expected = await panelOf([csv], rows);
        expect(expected.items.length).toBe(new Set(rows.map(({ id }) => id)).size);
        expect(Buffer.from(encodePanel(await panelOf(form, rows)))).toEqual(
          Buffer.from(encodePanel(expected)),
        );
      }),
      { numRuns: 15 },
    );
  },
  60_000,
);
