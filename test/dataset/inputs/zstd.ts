/** Text as it is, or one byte many times. */
type Part = string | Run;
interface Run {
  readonly byte: number;
  readonly times: number;
}

const largestBlock = 2 ** 17;

/** A frame of zstd (RFC 8878) whose blocks are not compressed, or one byte repeated; it has no checksum. */
export function zstdOf(...parts: readonly Part[]): Buffer {
  const blocks = parts.flatMap((part) => (typeof part === 'string' ? raw(Buffer.from(part)) : runs(part)));
  // Magic number; no content size, no checksum; a window of 128 KiB.
  const header = Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38);
  return Buffer.concat([header, ...blocks, blockHeader(0, 0, true)]);
}

function blockHeader(type: 0 | 1, size: number, isLast = false): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | Number(isLast), 0, 3);
  return header;
}

const pieces = (size: number): { at: number; length: number }[] =>
  Array.from({ length: Math.ceil(size / largestBlock) }, (_, i) => ({
    at: i * largestBlock,
    length: Math.min(largestBlock, size - i * largestBlock),
  }));

const raw = (bytes: Buffer): Buffer[] =>
  pieces(bytes.length).flatMap(({ at, length }) => [blockHeader(0, length), bytes.subarray(at, at + length)]);

const runs = ({ byte, times }: Run): Buffer[] =>
  pieces(times).flatMap(({ length }) => [blockHeader(1, length), Buffer.of(byte)]);
