import { readHistories } from '../../functions/cli/histories.ts';
import type { BundleDescription } from '../../shared/bundle/index.ts';
import { shapeOf } from '../../shared/forecast/index.ts';
import { parts } from '../bundle/support.ts';
import { lines, tableFolder } from '../dataset/files.ts';

const { csv } = tableFolder();

const description = {
  ...parts().description,
  ...{ configuration: {}, channels: ['y'], horizon: 2, context: 10 },
  frequency: { unit: 'day', multiple: 1, offset: 0, day: 1, time: 0 },
  covariates: {
    known: [],
    past: ['wind', 'rain'],
    static: [
      { name: 'size', kind: 'number' },
      { name: 'region', kind: 'category', values: ['north', 'south'] },
    ],
  },
} as unknown as BundleDescription;

const read = async (...rows: string[]) =>
  readHistories(description, shapeOf(description), { history: [await csv(lines(...rows))] }, async () => []);

test('a history file has its covariates by name, in whatever order its columns stand', async () => {
  const [item] = await read(
    'region,rain,ds,size,y,id,other,wind',
    'south,5,2024-01-01,20,1,a,9,7',
    'south,,2024-01-02,20,2,a,8,8',
  );
  expect(item).toMatchObject({ item: 'a', statics: { size: 20, region: 'south' } });
  expect([...(item?.history ?? [])]).toEqual([1, 2]);
  expect([...(item?.past ?? [])]).toEqual([7, 5, 8, Number.NaN]);
});

test('past and static covariates that a history file lacks are not known', async () => {
  const [item] = await read('id,ds,y,rain', 'a,2024-01-01,1,5', 'a,2024-01-02,2,6');
  expect([...(item?.past ?? [])]).toEqual([Number.NaN, 5, Number.NaN, 6]);
  expect(item?.statics).toEqual({});
});

test('a related and an items table complete a history', async () => {
  const ahead = { ...description, covariates: { ...description.covariates, known: ['promo', 'load'] } };
  const shape = { ...shapeOf(description), known: 2 };
  const history = [await csv(lines('id,ds,load,y,rain', 'a,2024-01-01,10,1,5', 'a,2024-01-02,20,2,6'))];
  const future = [
    await csv(
      lines(
        'id,ds,promo,load',
        'a,2024-01-01,1,',
        'a,2024-01-02,2,',
        'a,2024-01-03,3,30',
        'a,2024-01-04,4,40',
      ),
    ),
  ];
  const items = [await csv(lines('id,region', 'a,north', 'b,south'))];
  const [item] = await readHistories(ahead, shape, { history, future, items }, async () => []);
  // In the order of the bundle.
  expect([...(item?.known ?? [])]).toEqual([1, 10, 2, 20, 3, 30, 4, 40]);
  expect(item?.statics).toEqual({ region: 'north' });
  await expect(readHistories(ahead, shape, { history }, async () => [])).rejects.toThrow(
    'the known covariate promo must be among the columns, got no such column: give it with --history or --future',
  );
});
