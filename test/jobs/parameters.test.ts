import { decodeParameters, encodeParameters } from '../../shared/jobs/index.ts';
import { sameLayout } from '../../shared/jobs/parameters.ts';

const place = (name: string, rows: number, columns: number) => ({
  part: 'layer0',
  name,
  shape: [rows, columns] as const,
});
const members = [
  {
    layout: [place('W', 2, 3), place('B', 1, 3)],
    before: Float32Array.from({ length: 9 }, (_, i) => i / 3),
  },
  { layout: [place('W', 1, 1)], before: Float32Array.of(1e-30) },
];

test('parameters come back bit for bit, from any place in memory', () => {
  const bytes = encodeParameters(members);
  expect(decodeParameters(bytes)).toEqual(members);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(decodeParameters(shifted.subarray(1))).toEqual(members);
});

test('the same parameters give the same bytes', () => {
  expect(encodeParameters(decodeParameters(encodeParameters(members)) ?? [])).toEqual(
    encodeParameters(members),
  );
});

test('bytes of another format are none', () => {
  const bytes = encodeParameters(members);
  bytes[19] = '2'.charCodeAt(0) + 1;
  expect(decodeParameters(Buffer.from('tidecast parameters 2\n'))).toBeNull();
  expect(decodeParameters(bytes)).toBeNull();
});

test.each([
  ['another shape of as many numbers', [place('W', 3, 2), place('B', 1, 3)]],
  ['another order', [place('B', 1, 3), place('W', 2, 3)]],
  ['another name', [place('W', 2, 3), place('C', 1, 3)]],
  ['one more', [place('W', 2, 3), place('B', 1, 3), place('C', 1, 1)]],
])('%s is another layout', (_, other) => {
  const layout = members[0]?.layout ?? [];
  expect(sameLayout(layout, [...layout])).toBe(true);
  expect(sameLayout(layout, other)).toBe(false);
});
