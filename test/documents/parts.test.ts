import { partOf } from '../../shared/documents/index.ts';

test.each([
  ['related.csv', 'related'],
  ['Related-2024.csv.gz', 'related'],
  ['related/north.jsonl', 'related'],
  ['items.parquet', 'items'],
  ['items_1.csv', 'items'],
  ['itemsales.csv', 'data'],
  ['items2.csv', 'data'],
  ['2024/items.csv', 'data'],
  ['sales.csv', 'data'],
])('%s is of the table %s', (file, part) => expect(partOf(file)).toBe(part));
