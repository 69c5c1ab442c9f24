import { createHash } from 'node:crypto';
import { PanelError } from '../errors.ts';
import type { Panel } from './panel.ts';

const magic = 'tidecast panel 2\n';
const hashLength = 32;

/** What the header says; the vectors follow in the order of `vectorsOf`. */
interface Header extends Pick<Panel, 'items' | 'channels' | 'frequency' | 'statics'> {
  readonly rows: number;
  readonly known: { readonly names: readonly string[]; readonly horizon: number };
  readonly past: { readonly names: readonly string[] };
}

/**
 * The panel as bytes: a magic line, SHA-256 of the rest, the header's length, the header as JSON, then the vectors
 * as they stand in memory (little-endian): start, target, known values, their future, past values as float64, and
 * the row pointers as int32. The same panel gives the same bytes.
 */
export function encodePanel(panel: Panel): Uint8Array {
  const rest = restOf(panel);
  return Buffer.concat([Buffer.from(magic), hashOf(rest), ...rest]);
}

/** SHA-256 of all that the panel holds, in hexadecimal: the same however the data were written and ordered. */
export const panelFingerprint = (panel: Panel): string => hashOf(restOf(panel)).toString('hex');

function restOf(panel: Panel): Buffer[] {
  const { items, channels, frequency, known, past, statics } = panel;
  const { unit, multiple, offset, day, time } = frequency;
  const header: Header = {
    items,
    channels,
    frequency: { unit, multiple, offset, day, time },
    rows: panel.indptr[items.length] ?? 0,
    known: { names: known.names, horizon: known.horizon },
    past: { names: past.names },
    statics,
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const vectors = [panel.start, panel.target, known.values, known.future, past.values, panel.indptr];
  return [length, json, ...vectors.map(bytesOf)];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function hashOf(parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** @throws PanelError where the bytes are not a whole, unchanged panel */
export function decodePanel(bytes: Uint8Array): Panel {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rest = file.subarray(magic.length + hashLength);
  const hash = file.subarray(magic.length, magic.length + hashLength);
  if (file.subarray(0, magic.length).toString() !== magic || !hashOf([rest]).equals(hash)) {
    throw new PanelError({
      rule: 'a panel must be whole and unchanged',
      received: `${bytes.length} bytes that do not match their checksum`,
      remedy: 'read the data again',
    });
  }
  const headerEnd = 4 + rest.readUInt32LE(0);
  const { items, channels, frequency, rows, known, past, statics } = JSON.parse(
    rest.subarray(4, headerEnd).toString(),
  ) as Header;
  let offset = headerEnd;
  // Copies, since the numbers need not stand at a multiple of eight in the file.
  const take = (size: number): ArrayBuffer => {
    const copy = new Uint8Array(rest.subarray(offset, offset + size)).buffer;
    offset += size;
    return copy;
  };
  const numbers = (size: number) => new Float64Array(take(8 * size));
  return {
    items,
    channels,
    frequency,
    start: numbers(items.length),
    target: numbers(rows * channels.length),
    known: {
      ...known,
      values: numbers(rows * known.names.length),
      future: numbers(items.length * known.horizon * known.names.length),
    },
    past: { ...past, values: numbers(rows * past.names.length) },
    statics,
    indptr: new Int32Array(take(4 * (items.length + 1))),
  };
}
