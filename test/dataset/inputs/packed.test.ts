import { gzipSync } from 'node:zlib';
import { testInputs } from './inputs.ts';
import { zstdOf } from './zstd.ts';

const text = `id,ds,y\n${Array.from(
  { length: 2000 },
  (_, i) => `a,${new Date(i * 86_400_000).toISOString().slice(0, 10)},${i}\n`,
).join('')}`;
const gives = { a: Array.from({ length: 2000 }, (_, i) => i) };
const zstd = zstdOf(text);
const [name, gzipName] = ['t.csv.zst', 't.csv.gz'];
const torn = (file: string, said: string) =>
  `a data file must be whole, got ${file}, of which the reader says "${said}": write the file again`;
const bomb = Buffer.concat([Buffer.from('ds,y\n'), Buffer.alloc(40 << 20, '2024-01-01,1\n')]);
/** `printf 'ds,y\n2024-01-01,1\n2024-01-02,2\n' | zstd -c` of zstd 1.5.4: compressed, with a checksum. */
const summed = Buffer.from(
  '28b52ffd0458dd0000a864732c790a323032342d30312d30312c31322c320a0100619b4b8b66fc9f',
  'hex',
);
const tooLarge = (file: string) =>
  new RegExp(
    `^a packed file may unpack to 300 times its size \\(limits\\.expansion\\), got more than \\d+ bytes from \\d+ in ${file}: see whether it holds what it should, give it unpacked, or raise the limit$`,
  );
const changed = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

testInputs([
  { title: 'zstd is read, whatever it is called', name: 't.csv', content: zstd, gives },
  { title: 'zstd with a checksum is read', name, content: summed, gives: { series: [1, 2] } },
  {
    title: 'several frames of zstd are one text',
    name,
    content: Buffer.concat([zstdOf(text.slice(0, 5000)), zstdOf(text.slice(5000))]),
    gives,
  },
  {
    title: 'several members of gzip are one text',
    name: gzipName,
    content: Buffer.concat([gzipSync(text.slice(0, 5000)), gzipSync(text.slice(5000))]),
    gives,
  },
  {
    title: 'JSON lines in zstd are read',
    name: 't.jsonl.zst',
    content: zstdOf('{"ds": "2024-01-01", "y": 1}\n{"ds": "2024-01-02", "y": 2}\n'),
    gives: { series: [1, 2] },
  },
  {
    title: 'zstd that is cut off is refused',
    name,
    content: zstd.subarray(0, -3),
    message: torn(name, 'unexpected EOF'),
  },
  {
    title: 'zstd that was changed is refused',
    name,
    content: changed(summed, summed.length - 2),
    message: torn(name, "IO Error: Restored data doesn't match checksum"),
  },
  {
    title: 'zstd that is no zstd after its first bytes is refused',
    name,
    content: Buffer.concat([zstd.subarray(0, 4), Buffer.alloc(200, 0xff)]),
    message:
      'a table must be CSV with its names in the first line, JSON lines or Parquet, got bytes that are no text in t.csv.zst: save it as one of these',
  },
  {
    title: 'a gzip bomb is refused before it is unpacked',
    name: gzipName,
    content: gzipSync(bomb, { level: 9 }),
    message: tooLarge('t.csv.gz'),
    code: 'LIMIT',
  },
  {
    title: 'a zstd bomb is refused before it is unpacked',
    name,
    content: zstdOf('ds,y\n2024-01-01,', { byte: 0x31, times: 2 ** 30 }),
    message: tooLarge('t.csv.zst'),
    code: 'LIMIT',
  },
]);
