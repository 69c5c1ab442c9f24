import { createHash } from 'node:crypto';
import { SeriesError } from '../errors.ts';
import type { Block, SeriesRecord } from './record.ts';

/** One shard's content: the records themselves, or where they went when they became too many. */
export type Shard =
  | { readonly kind: 'records'; readonly records: ReadonlyMap<string, SeriesRecord> }
  | { readonly kind: 'split'; readonly name: string; readonly digits: number };

const magic = 'tidecast series 1\n';
const hashLength = 32;
const headLength = magic.length + hashLength;
const codes = { records: 0, split: 1 } as const;

/**
 * A magic line, SHA-256 of the rest, a byte for the kind, then all little-endian:
 * - records: their number (uint32), then for each one its item and its static covariates as JSON (each a uint32
 *   length and UTF-8), then target, past and known, each its last period (int64), steps (uint32), width (uint32)
 *   and numbers (float64 [time, width])
 * - split: digits (uint32), name (length and UTF-8)
 *
 * Records stand in the order of their items, so that the same records give the same bytes.
 */
export function encodeShard(shard: Shard): Uint8Array {
  const parts = [
    Buffer.of(codes[shard.kind]),
    ...(shard.kind === 'split'
      ? [uint32(shard.digits), ...text(shard.name)]
      : [uint32(shard.records.size), ...inOrder(shard.records).flatMap(recordParts)]),
  ];
  const rest = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(magic), createHash('sha256').update(rest).digest(), rest]);
}

const inOrder = (records: ReadonlyMap<string, SeriesRecord>) =>
  [...records.values()].sort((a, b) => (a.item < b.item ? -1 : 1));

const recordParts = ({ item, target, past, known, statics }: SeriesRecord): readonly Buffer[] => [
  ...text(item),
  ...text(JSON.stringify(Object.fromEntries(Object.entries(statics).sort(([a], [b]) => (a < b ? -1 : 1))))),
  ...[target, past, known].flatMap(blockParts),
];

function blockParts({ last, width, data }: Block): readonly Buffer[] {
  const period = Buffer.alloc(8);
  period.writeBigInt64LE(BigInt(last));
  const steps = width === 0 ? 0 : data.length / width;
  return [period, uint32(steps), uint32(width), Buffer.from(data.buffer, data.byteOffset, data.byteLength)];
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function text(value: string): readonly Buffer[] {
  const bytes = Buffer.from(value);
  return [uint32(bytes.length), bytes];
}

/** @throws SeriesError where the bytes are not a whole, unchanged shard; `key` is for its message */
export function decodeShard(bytes: Uint8Array, key: string): Shard {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rest = file.subarray(headLength);
  const whole =
    file.subarray(0, magic.length).toString() === magic &&
    createHash('sha256').update(rest).digest().equals(file.subarray(magic.length, headLength));
  if (!whole) {
    throw new SeriesError({
      rule: `${key} must be whole and unchanged`,
      received: `${bytes.length} bytes that do not match their checksum`,
      remedy: 'remove it and train again: a job writes the newest observations of all items anew',
    });
  }
  const read = reader(rest);
  const kind = read.byte();
  if (kind === codes.split) {
    const digits = read.uint32();
    return { kind: 'split', name: read.text(), digits };
  }
  const records = new Map<string, SeriesRecord>();
  for (let left = read.uint32(); left > 0; left--) {
    const item = read.text();
    const statics = JSON.parse(read.text()) as SeriesRecord['statics'];
    const [target, past, known] = [read.block(), read.block(), read.block()];
    records.set(item, { item, target, past, known, statics });
  }
  return { kind: 'records', records };
}

/** Reads one thing after the other. The checksum has shown that they are all there. */
function reader(bytes: Buffer) {
  let at = 0;
  const skip = (length: number) => {
    at += length;
    return at - length;
  };
  const uint32 = () => bytes.readUInt32LE(skip(4));
  const slice = (length: number) => {
    const start = skip(length);
    return bytes.subarray(start, start + length);
  };
  return {
    byte: () => bytes.readUInt8(skip(1)),
    uint32,
    text: () => slice(uint32()).toString(),
    block(): Block {
      const last = Number(bytes.readBigInt64LE(skip(8)));
      const steps = uint32();
      const width = uint32();
      // A copy, since the numbers need not stand at a multiple of eight in the file.
      return { last, width, data: new Float64Array(new Uint8Array(slice(8 * steps * width)).buffer) };
    },
  };
}
