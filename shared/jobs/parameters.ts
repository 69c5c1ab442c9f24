import type { Parameter } from '../model/index.ts';

/** A weight's place in the vectors, by which two versions can tell whether theirs go together. */
export type Place = Pick<Parameter, 'part' | 'name' | 'shape'>;

/** What a member has learned, so that the next version can go on from there. */
export interface MemberParameters {
  readonly layout: readonly Place[];
  /** Of the fit before the backtest's origins, which alone has not seen what a next version is judged by. */
  readonly before: Float32Array;
}

/** The bundle's file; `bundle.json` has its checksum. */
export const parametersFile = 'parameters.bin';
const magic = 'tidecast parameters 1\n';

/**
 * A magic line, the header's length (uint32), the header as JSON (each member's layout), then each member's vector
 * (float32); all little-endian.
 */
export function encodeParameters(members: readonly MemberParameters[]): Uint8Array {
  const layouts = members.map(({ layout }) =>
    layout.map(({ part, name, shape: [rows, columns] }) => ({ part, name, shape: [rows, columns] })),
  );
  const header = Buffer.from(JSON.stringify({ layouts }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const numbers = members.map(({ before: { buffer, byteOffset, byteLength } }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([Buffer.from(magic), length, header, ...numbers]);
}

/** Null for bytes of another format, such as a later version of Tidecast may write. */
export function decodeParameters(bytes: Uint8Array): readonly MemberParameters[] | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, magic.length).toString() !== magic) return null;
  const begin = magic.length + 4;
  const end = begin + file.readUInt32LE(magic.length);
  const { layouts } = JSON.parse(file.subarray(begin, end).toString()) as { layouts: Place[][] };
  // A copy, since the numbers need not stand at a multiple of four in the file.
  const numbers = new Uint8Array(file.subarray(end)).buffer;
  let offset = 0;
  const vector = (size: number) => {
    const found = new Float32Array(numbers, offset, size).slice();
    offset += found.byteLength;
    return found;
  };
  return layouts.map((layout) => {
    const size = layout.reduce((sum, { shape: [rows, columns] }) => sum + rows * columns, 0);
    return { layout, before: vector(size) };
  });
}

/** Whether two layouts place the same weights in the same order. */
export const sameLayout = (a: readonly Place[], b: readonly Place[]): boolean => words(a) === words(b);

const words = (layout: readonly Place[]): string =>
  layout.map(({ part, name, shape }) => `${part}.${name}[${shape.join(', ')}]`).join(' ');
