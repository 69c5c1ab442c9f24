import { open } from 'node:fs/promises';

/** How a file's bytes are packed, by the first of them: its name does not matter. */
export type Packing = 'none' | 'gzip' | 'zstd';

/** How its rows are written. */
export type Layout = 'csv' | 'json-lines' | 'json-array' | 'parquet';

const signatures: readonly (readonly [packing: Packing | 'parquet', bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]], // PAR1
];

/** Parquet is packed in itself. */
export async function packingOf(path: string): Promise<Packing | 'parquet'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const starts = ([, bytes]: (typeof signatures)[number]) =>
      bytesRead >= bytes.length && bytes.every((byte, i) => buffer[i] === byte);
    return signatures.find(starts)?.[0] ?? 'none';
  } finally {
    await file.close();
  }
}

/** The layout of a text: JSON begins with a bracket, which the name of a column hardly does. */
export function layoutOf(text: string): Layout {
  const first = text.trimStart();
  return first.startsWith('{') ? 'json-lines' : /^\[\s*[{\]]/.test(first) ? 'json-array' : 'csv';
}
