import { itemFuture, readDataset, readFuture } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, plain } = tableFolder();

const past = lines(
  'id,ds,y,load,price',
  ...['a', 'b'].flatMap((id) => [`${id},2024-01-01,1,10,5`, `${id},2024-01-02,2,20,6`]),
  'b,2024-01-03,3,30,7',
);
const future = lines('id,ds,load', 'a,2024-01-03,31', 'a,2024-01-04,41', 'b,2024-01-04,42', 'c,2024-01-04,9');

test('covariates that the future file has are known, from each item’s own end on', async () => {
  const { panel, report } = await readDataset(await csv(past), { related: await csv(future) });
  expect(panel.known).toMatchObject({ names: ['load'], horizon: 2 });
  expect([...itemFuture(panel, 0), ...itemFuture(panel, 1)]).toEqual([31, 41, 42, Number.NaN]);
  expect(panel.past.names).toEqual(['price']);
  expect(report.future).toEqual({ periods: 2, missing: 1 });
});

test('the future is cut to the horizon', async () => {
  const { panel } = await readDataset(await csv(past), { related: await csv(future), horizon: 1 });
  expect([...panel.known.future]).toEqual([31, 42]);
});

test('readFuture gives a panel another future', async () => {
  const { panel } = await readDataset(await csv(past), { known: ['load'] });
  const later = await readFuture(panel, await csv(lines('id,ds,load', 'a,2024-01-04,7', 'b,2024-01-05,8')));
  expect([...later.known.future]).toEqual([Number.NaN, 7, Number.NaN, 8]);
  expect(panel.known.horizon).toBe(0);
});

test('one unnamed series has a future without a name', async () => {
  const { panel } = await readDataset(await csv(lines('ds,y,load', '2024-01-01,1,2', '2024-01-02,2,3')), {
    related: await csv(lines('ds,load', '2024-01-03,4')),
  });
  expect([...panel.known.future]).toEqual([4]);
});

test('a future file that does not go beyond the end is refused', async () => {
  const { panel } = await readDataset(await csv(past), { known: ['load'] });
  const reading = readFuture(panel, await csv(lines('id,ds,load', 'a,2024-01-01,1'), 'old.csv'));
  await expect(reading.catch((error) => plain(error.message))).resolves.toBe(
    'the future file must have rows after the end of the data, got rows up to 2024-01-01 for a, which ends at 2024-01-02, in old.csv: give the covariates of the periods to be forecast',
  );
});

test('a known covariate must be in the future file', async () => {
  const { panel } = await readDataset(await csv(past), { known: ['load', 'price'] });
  const reading = readFuture(panel, await csv(future, 'future.csv'));
  await expect(reading.catch((error) => plain(error.message))).resolves.toBe(
    'the future file must have the known covariate price, got the columns id, ds, load in future.csv: add the column, or do not call it known',
  );
});
