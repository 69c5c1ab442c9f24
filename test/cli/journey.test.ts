import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataset } from '../../shared/dataset/index.ts';
import { hourlyTable, scratch } from '../support/job.ts';
import { type Ended, tidecast, visible } from './command.ts';

const { base: cwd } = scratch('journey');
const hours = 120;
const [header = '', ...rows] = hourlyTable({ items: 2, hours: hours + 6 })
  .trimEnd()
  .split('\n');
const write = (file: string, keeps: (hour: number) => boolean) =>
  writeFileSync(
    join(cwd, file),
    `${[header, ...rows.filter((_, i) => keeps(i % (hours + 6)))].join('\n')}\n`,
  );
write('train.csv', (hour) => hour < hours);
write('actual.csv', (hour) => hour >= hours);

const run = (...words: string[]) => tidecast(words, { cwd });
const small = ['--out', 'store', '--members', '1', '--budget', '20steps', '--horizon', '6'];
const document = ({ stdout }: Ended) => JSON.parse(stdout);
/** The command that a success names, without how the program is called. */
const nextOf = ({ stderr }: Ended): string[] => /^next: .* -- (.*)$/m.exec(stderr)?.[1]?.split(' ') ?? [];

let trained: Ended;
let again: Ended;
/** The words of the command that forecasts. */
let forecast: string[];
let [csv, parquet]: Ended[] = [];

beforeAll(async () => {
  trained = await run('train', 'train.csv', ...small, '--json');
  again = await run('train', 'train.csv', ...small);
  forecast = nextOf(again);
  [csv, parquet] = await Promise.all(['f.csv', 'f.parquet'].map((out) => run(...forecast, '--out', out)));
}, 60_000);

test('train --json prints one document and nothing else', () => {
  expect(trained.code).toBe(0);
  expect(document(trained)).toMatchObject({
    job: { dataset: 'train', status: 'done', members: [{ phase: 'done' }], promoted: true },
    already: false,
    metrics: { backtest: { fit: 'before-origins', scores: { mase: expect.any(Number) } } },
  });
});

test('progress goes to standard error, without a terminal as plain lines', () => {
  expect(trained.stderr).toMatch(/^plan {2}\d+ s\ntrain {2}.* 0 % {2}loss waiting\n(.*\n)*done {2}\d+ s\n$/);
  expect(visible(trained.stderr)).not.toMatch(/<escape>|<return>/);
});

test('train of the same data again says that there is nothing to do, with the table and the next command', () => {
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/^nothing to do: job [0-9a-f]{16} has done this before/);
  expect(again.stdout).toMatch(
    /^backtest .*MASE.*\ntidecast .*\nlast value .*\nseasonal naive .*\nNaive2 .*\nTheta .*\nETS .*\n$/,
  );
  expect(forecast).toEqual(['forecast', document(trained).bundle]);
});

test('forecast writes CSV and Parquet with the same numbers, and names the next command', async () => {
  expect([csv, parquet]).toMatchObject([
    { code: 0, stdout: '', stderr: expect.stringContaining('wrote f.csv: 2 series, 6 steps\n') },
    { code: 0, stdout: '', stderr: expect.stringContaining('wrote f.parquet: 2 series, 6 steps\n') },
  ]);
  expect(csv && nextOf(csv)).toEqual(['evaluate', 'f.csv', 'ACTUAL', '--train', 'DATA']);
  const options = { target: ['mean', 'p10', 'p50', 'p90'], frequency: '1h' };
  const [text, typed] = await Promise.all(
    ['f.csv', 'f.parquet'].map((file) => readDataset(join(cwd, file), options)),
  );
  expect(text?.panel.items).toEqual(['item 0', 'item 1']);
  expect(text?.panel.target).toHaveLength(2 * 6 * 4);
  expect(typed?.panel).toEqual(text?.panel);
});

test('evaluate scores it, as a table and as one document', async () => {
  const given = ['f.csv', 'actual.csv', '--train', 'train.csv'];
  const [table, json] = await Promise.all([run('evaluate', ...given), run('evaluate', ...given, '--json')]);
  expect(table.code).toBe(0);
  const lines = table.stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
    'item',
    'item 0',
    'item 1',
    'all',
    ...['last value', 'seasonal naive', 'Naive2', 'Theta', 'ETS'],
  ]);
  expect(json).toMatchObject({ code: 0, stderr: '' });
  const { season, levels, overall, groups, baselines } = document(json);
  expect({ season, levels, items: Object.keys(groups) }).toEqual({
    season: 24,
    levels: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975],
    items: ['item 0', 'item 1'],
  });
  expect(lines[3]).toContain(overall.mase.toPrecision(4));
  expect(lines.at(-1)).toContain(baselines.ets.mase.toPrecision(4));
});

test('evaluate refuses actual values of other periods', async () => {
  expect(await run('evaluate', 'f.csv', 'train.csv', '--train', 'train.csv')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'error: the actual values must be of periods that were forecast, got no period of f.csv in train.csv: give the values that came after the training data\n',
  });
});

test('inspect tells a table, with the next command, and a bundle as one document or with its backtest as text', async () => {
  const [table, bundle, text] = await Promise.all([
    run('inspect', 'train.csv'),
    run('inspect', 'store/models/train', '--json'),
    run('inspect', 'store/models/train'),
  ]);
  expect(table.code).toBe(0);
  expect(table.stdout).toMatch(/^frequency {2}1h, 100 % of the steps are one period/m);
  expect(nextOf(table)).toEqual(['train', 'train.csv']);
  expect(bundle).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toContain(again.stdout);
  expect(document(bundle)).toMatchObject({ dataset: 'train', horizon: 6, frequency: { unit: 'hour' } });
});

test('forecast refuses a folder that is not there before it does the work, and --chart with --out', async () => {
  const [nowhere, both] = await Promise.all([
    run(...forecast, '--out', 'nowhere/f.csv'),
    run(...forecast, '--out', 'f.csv', '--chart'),
  ]);
  expect(nowhere).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: --out must be in a folder that exists, got "nowhere/f.csv": make the folder nowhere\n',
  });
  expect(both).toMatchObject({ code: 2, stdout: '' });
  expect(both.stderr).toContain("option '--chart' cannot be used with option '--out <file>'");
});

test('a failure that no rule foresees ends with 1', async () => {
  mkdirSync(join(cwd, 'taken.csv'));
  const { code, stdout, stderr } = await run(...forecast, '--out', 'taken.csv');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^unexpected error: Error: EISDIR/);
});

test('train ends with 130 where it is interrupted, and says that it goes on', async () => {
  const words = ['train', 'train.csv', '--out', 'other', '--members', '1', '--budget', '20000steps'];
  const ended = await tidecast(words, { cwd, interruptAt: /^train/m });
  expect(ended).toMatchObject({ code: 130, stdout: '' });
  expect(ended.stderr).toMatch(/cancelled; the same command goes on from here \(job [0-9a-f]{16}\)\n$/);
}, 60_000);
