import { gzipSync } from 'node:zlib';
import { testInputs } from './inputs.ts';

const text = 'id,ds,y\nö,2024-01-01,1.5\nö,2024-01-02,2\n';
const gives = { ö: [1.5, 2] };
const utf16 = Buffer.from(text, 'utf16le');
const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
const latin = Buffer.from(text, 'latin1');
const notUtf8 = (line: number, more = '') =>
  `a text must be in UTF-8 or UTF-16, or in an encoding that is named, got the byte 0xf6 in line ${line} of t.csv${more}: save it as UTF-8, or name its encoding with the option encoding, for example windows-1252`;

testInputs([
  { title: 'UTF-8 with a byte order mark is read', content: Buffer.from(`\ufeff${text}`), gives },
  { title: 'UTF-16, little-endian, is known by its mark', content: marked, gives },
  { title: 'UTF-16, big-endian, is known by its mark', content: Buffer.from(marked).swap16(), gives },
  { title: 'UTF-16, little-endian, is known by its zeros', content: utf16, gives },
  { title: 'UTF-16, big-endian, is known by its zeros', content: Buffer.from(utf16).swap16(), gives },
  { title: 'UTF-16 in gzip is read', content: gzipSync(marked), gives },
  {
    title: 'UTF-16 of a header alone is a table without rows',
    content: Buffer.from('ds,y\n', 'utf16le'),
    message: 'a table must have rows, got none in t.csv: add the observations',
  },
  {
    title: 'UTF-16 that ends within a character is refused',
    content: marked.subarray(0, -1),
    message:
      'a text must be in one encoding, as t.csv in utf-16le, got bytes that are none of its characters, in line 3 or some lines after it: write the file again, or name its encoding with the option encoding',
  },
  {
    title: 'windows-1252 is read where it is named',
    content: Buffer.from('id;ds;y\nZürich €;2024-01-01;1\nZürich €;2024-01-02;2\n', 'latin1'),
    options: { encoding: 'windows-1252' },
    gives: { 'Zürich ¬': [1, 2] },
  },
  { title: 'other names of an encoding are known', content: latin, options: { encoding: 'Latin1' }, gives },
  {
    title: 'Shift JIS is read where it is named',
    content: Buffer.concat([
      Buffer.from('id,ds,y\n'),
      ...['2024-01-01,1', '2024-01-02,2'].map((row) =>
        Buffer.concat([Buffer.of(0x93, 0x8c, 0x8b, 0x9e), Buffer.from(`,${row}\n`)]),
      ),
    ]),
    options: { encoding: 'shift_jis' },
    gives: { 東京: [1, 2] },
  },
  {
    title: 'another encoding that is not named is refused with its first line',
    content: latin,
    message: notUtf8(2, ' (and 1 more lines)'),
    place: { line: 2 },
    count: 2,
  },
  {
    title: 'a byte of another encoding far down is refused with its line',
    content: Buffer.concat([
      Buffer.from('id,ds,y\n'),
      Buffer.from('a,2024-01-01,1\n'.repeat(20_000)),
      Buffer.from('ö,2024-01-02,1\n', 'latin1'),
    ]),
    message: notUtf8(20_002),
    place: { line: 20_002 },
  },
  {
    title: 'an encoding that nobody knows is refused',
    content: latin,
    options: { encoding: 'klingon' },
    message:
      'the encoding must be one that browsers know, such as utf-8, utf-16le, windows-1252 or shift_jis, got "klingon": mend the option encoding',
  },
  {
    title: 'UTF-32 is no text that is read',
    content: Buffer.from([...text].flatMap((character) => [character.charCodeAt(0), 0, 0, 0])),
    message:
      'a table must be CSV with its names in the first line, JSON lines or Parquet, got bytes that are no text in t.csv: save it as one of these',
  },
]);
