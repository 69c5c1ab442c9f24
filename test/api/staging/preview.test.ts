import { previewInProcess, previewUpload } from '../../../shared/jobs/index.ts';
import { keys } from '../../../shared/store/index.ts';
import { scratch } from '../../support/job.ts';
import { ask } from '../support.ts';
import { keysIn, type StagingOptions, small, staging as stagingIn, table } from './world.ts';

const folder = scratch('staging-preview');
const staging = (options?: StagingOptions) => stagingIn(folder.root(), options);

test('a staged file lies apart, where nothing is trained, under an id of its own', async () => {
  const { store, stage } = staging();
  const [one, two] = [await stage('1.csv', table), await stage('1.csv', table)];
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(two).not.toBe(one);
  expect(await keysIn(store)).toEqual([one, two].sort().map((id) => `staging/shop/${id}/1.csv`));
});

test('without stage a file is uploaded as before', async () => {
  const { app } = staging();
  const { body } = await ask(app, 'POST', '/v1/datasets/shop/uploads', { body: { file: '1.csv' } });
  expect(body).toMatchObject({ url: `https://bucket/${encodeURIComponent('datasets/shop/1.csv')}` });
  expect(body).not.toHaveProperty('upload');
});

test('a preview says what a training would see: roles and why, frequency, horizon, first rows', async () => {
  const { look, stage } = staging();
  const upload = await stage('1.csv', table);
  const preview = await look(upload);
  expect(preview).toMatchObject({
    ...{ dataset: 'shop', upload, trainable: true, problems: [], horizon: 24 },
    files: [{ file: '1.csv', size: table.length, staged: true }],
    columns: ['item_id', 'timestamp', 'target'],
    report: {
      ...{ items: 2, rows: 200, frequency: '1h', confidence: 1, suggestedHorizon: 24, season: 24 },
      roles: {
        item: { column: 'item_id', because: expect.any(String) },
        time: { column: 'timestamp', because: expect.any(String) },
        target: { column: ['target'], because: expect.any(String) },
      },
    },
  });
  expect(preview.rows).toHaveLength(10);
  expect(preview.rows[0]).toEqual(table.split('\n')[1]?.split(','));
});

test('several parts, those of the dataset among them, are looked at as one table', async () => {
  const { look, stage, store } = staging();
  const [header = '', ...rows] = table.trim().split('\n');
  const part = (from: number, to: number) => `${[header, ...rows.slice(from, to)].join('\n')}\n`;
  await store.put(keys.upload('shop', 'old.csv'), Buffer.from(part(0, 50)));
  await store.put(keys.upload('shop', '2.csv'), Buffer.from('what the upload replaces'));
  const upload = await stage('1.csv', part(50, 120));
  expect(await stage('2.csv', part(120, 200), upload)).toBe(upload);
  const preview = await look(upload);
  expect(preview.files.map(({ file, staged }: { file: string; staged: boolean }) => [file, staged])).toEqual([
    ['1.csv', true],
    ['2.csv', true],
    ['old.csv', false],
  ]);
  expect(preview.report).toMatchObject({ items: 2, rows: 200 });
});

test('files whose names begin with related and items are tables beside the table', async () => {
  const { look, stage } = staging();
  const upload = await stage('1.csv', table);
  const hours = Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(2024, 0, 5, 4 + i)).toISOString());
  const related = ['item 0', 'item 1'].flatMap((item) => hours.map((hour) => `${item},${hour},1`));
  await stage('related/promo.csv', ['item_id,timestamp,promo', ...related].join('\n'), upload);
  await stage('Items.csv', 'item_id,size\nitem 0,1\nitem 1,2\n', upload);
  expect((await look(upload)).report).toMatchObject({
    ...{ items: 2, rows: 200, future: { periods: 24, missing: 0 } },
    roles: { known: ['promo'], static: ['size'] },
  });
  const alone = await stage('related.csv', 'item_id,timestamp,promo\n');
  expect(await look(alone)).toMatchObject({
    trainable: false,
    problems: [{ message: 'there must be data, got no file of the table itself' }],
  });
});

test('it goes by the staged configuration, or else by the dataset’s', async () => {
  const { look, stage, store } = staging();
  await store.put(keys.configuration('shop'), Buffer.from('horizon: 5'));
  const upload = await stage('1.csv', table);
  expect(await look(upload)).toMatchObject({
    ...{ horizon: 5, trainable: true, configuration: { horizon: 5 } },
  });
  await stage('tidecast.yaml', 'horizon: 6\nfrequency: 2h', upload);
  expect(await look(upload)).toMatchObject({
    ...{ report: null, trainable: false, configuration: { horizon: 6, frequency: '2h' } },
    problems: [{ kind: 'refusal', code: 'DATA' }],
  });
  await stage('tidecast.yaml', 'a: [', upload);
  expect(await look(upload)).toMatchObject({ configuration: null, problems: [{ code: 'CONFIGURATION' }] });
  await stage('tidecast.yaml', 'horizn: 6', upload);
  expect(await look(upload)).toMatchObject({
    problems: [
      {
        ...{ kind: 'refusal', code: 'CONFIGURATION', remedy: 'did you mean horizon?' },
        message: 'the configuration must have known fields only, got "horizn"',
      },
    ],
  });
});

test('what is refused is named with its place; the first rows are shown all the same', async () => {
  const { look, stage } = staging();
  const days = Array.from({ length: 9 }, (_, i) => `a,2024-01-0${i + 1},${i === 4 ? 'much' : i}`);
  const preview = await look(await stage('north/sales.csv', small(...days)));
  expect(preview).toMatchObject({ report: null, horizon: null, trainable: false });
  const [problem] = preview.problems;
  expect(problem).toMatchObject({
    kind: 'refusal',
    code: 'DATA',
    file: 'north/sales.csv',
    line: 6,
    column: 'y',
  });
  expect(problem.message).not.toMatch(/tmp|tidecast-preview/);
  expect(preview.rows[4]).toEqual(['a', '2024-01-05', 'much']);
});

test('data that are too short for the horizon are refused with what else was found', async () => {
  const { look, stage } = staging();
  const rows = [
    'a,2024-01-01,1',
    'a,2024-01-01,1',
    'a,2024-01-02,2',
    'a,2024-01-04,3',
    'b,2024-01-01,7',
    'b,2024-01-02,7',
  ];
  const preview = await look(await stage('1.csv', small(...rows)));
  expect(preview.trainable).toBe(false);
  expect(preview.report).toMatchObject({ items: 2, gaps: 1, duplicatesMerged: 1, constantItems: 1 });
  expect(
    preview.problems.map(({ kind, code, count }: { kind: string; code: string; count: number }) => [
      kind,
      code,
      count,
    ]),
  ).toEqual([
    ['refusal', 'CONFIGURATION', 1],
    ['warning', 'FREQUENCY_UNSURE', 1],
    ['warning', 'DUPLICATES', 1],
    ['warning', 'GAPS', 1],
    ['warning', 'CONSTANT', 1],
  ]);
});

test('what is no table at all, and more than is looked at, is a preview that says so', async () => {
  const { look, stage, store } = staging();
  const upload = await stage('1.csv', '\u0000\u0001\u0002');
  expect(await look(upload)).toMatchObject({
    ...{ columns: [], rows: [], trainable: false },
    problems: [{ kind: 'refusal', code: 'DATA', file: '1.csv' }],
  });
  const large = await previewUpload({ store, dataset: 'shop', upload, largest: 2 });
  expect(large).toMatchObject({ trainable: null, report: null, problems: [{ code: 'PREVIEW_TOO_LARGE' }] });
});

test('where no data can be read, a preview is answered with what to do instead', async () => {
  const { app, at, stage } = staging({ preview: null });
  const { status, body } = await ask(app, 'GET', at(await stage('1.csv', table), '/preview'));
  expect([status, body.code, body.remedy]).toEqual([
    501,
    'NOT_HERE',
    'commit without a preview, or look at the file with `tidecast inspect`',
  ]);
});

describe('in a process of its own', () => {
  test('a preview is the same', async () => {
    const { root, store, stage } = staging();
    const upload = await stage('1.csv', table);
    const same = await previewUpload({ store, dataset: 'shop', upload });
    expect(await previewInProcess({ root, dataset: 'shop', upload })).toEqual(same);
    expect(await previewInProcess({ root, dataset: 'shop', upload: 'another' })).toBeNull();
  });

  test('one that takes too long is ended and refused, and a fault is one of ours', async () => {
    const { root, stage } = staging();
    const upload = await stage('1.csv', table);
    await expect(previewInProcess({ root, dataset: 'shop', upload, patience: 1 })).rejects.toMatchObject({
      code: 'PREVIEW_TOO_LARGE',
    });
    await expect(previewInProcess({ root, dataset: '../shop', upload })).rejects.toThrow('name of a dataset');
  });
});
