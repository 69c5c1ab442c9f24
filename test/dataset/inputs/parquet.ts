/** A whole number as Thrift's compact protocol has it: zigzag, seven bits a byte. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value) * 2n;
  for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128);
  return Buffer.of(...bytes, Number(rest));
}

const [i32, i64, binary, list, struct] = [5, 6, 8, 9, 12] as const;
const field = (delta: number, type: number, value: Buffer) =>
  Buffer.concat([Buffer.of((delta << 4) | type), value]);
const text = (value: string) => Buffer.concat([Buffer.of(value.length), Buffer.from(value)]);
const stop = Buffer.of(0);

/** A column of dates or of doubles, which must have values. */
const column = (name: string, type: 'date' | 'double') =>
  Buffer.concat([
    field(1, i32, varint(type === 'date' ? 1 : 5)),
    field(2, i32, varint(0)),
    field(1, binary, text(name)),
    ...(type === 'date' ? [field(2, i32, varint(6))] : []),
    stop,
  ]);

/** A Parquet file of about fifty bytes that says it has so many rows, and has none. */
export function parquetClaiming(rows: number): Buffer {
  const root = Buffer.concat([field(4, binary, text('root')), field(1, i32, varint(2)), stop]);
  const footer = Buffer.concat([
    field(1, i32, varint(1)),
    field(
      1,
      list,
      Buffer.concat([Buffer.of((3 << 4) | struct), root, column('ds', 'date'), column('y', 'double')]),
    ),
    field(1, i64, varint(rows)),
    field(1, list, Buffer.of(struct)),
    stop,
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from('PAR1'), footer, length, Buffer.from('PAR1')]);
}
