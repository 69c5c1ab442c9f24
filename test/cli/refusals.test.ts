import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../support/job.ts';
import { tidecast, visible } from './command.ts';

const { base: cwd } = scratch('refusals');
const files = {
  'bad.csv': 'ds,y\n2024-01-01,1\n2024-01-02,two\n2024-01-03,3\n',
  'good.csv': 'ds,demand,load\n2024-01-01,1,1\n2024-01-02,2,2\n',
  'column.yaml': 'columns:\n  target: laod\n',
  'field.yaml': 'columns:\n  tagret: load\n',
  'list.yaml': '- 1\n',
  'comma.csv': 'Region;State;ds;y\nN;1;2024-01-01;1,234\nN;1;2024-01-02;2,345\n',
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);

const misspelled = [
  ['a command', ['trian', 'good.csv'], '(Did you mean train?)'],
  ['an option', ['train', 'good.csv', '--horizn', '3'], '(Did you mean --horizon?)'],
  ['a cell', ['train', 'good.csv', '--cell', 'lstn'], 'got "lstn": did you mean lstm?'],
  ['a frequency', ['train', 'good.csv', '--freq', '1hr'], 'got "1hr": did you mean 1h?'],
  ['a column', ['train', 'good.csv', '--config', 'column.yaml'], 'got "laod": did you mean load?'],
  ['a field', ['train', 'good.csv', '--config', 'field.yaml'], 'got "tagret": did you mean target?'],
] as const;

const refused = [
  ['no command', [], 'Usage: tidecast'],
  [
    'a configuration without names',
    ['train', 'good.csv', '--config', 'list.yaml'],
    'list.yaml: [1]: mend its path',
  ],
  [
    'a file that is not there',
    ['inspect', 'none.csv'],
    'error: the data must be in a file, got none at "none.csv": give the path',
  ],
  [
    'a store that is a file',
    ['train', 'good.csv', '--out', 'good.csv'],
    'got "good.csv", which is a file: name another',
  ],
  ['a folder that is no bundle', ['forecast', '.'], 'got ., which has neither: name the folder'],
  [
    'a report that is no page',
    ['report', '.', '--out', 'report.pdf'],
    '--out must end in .html, got "report.pdf"',
  ],
  [
    'a report of no bundle',
    ['report', '.', '--out', 'report.html'],
    'got ., which has neither: name the folder',
  ],
  ['a report into no folder', ['report', '.', '--out', 'no/report.html'], 'make the folder no'],
  [
    'a blank audience of tokens',
    ['serve', '--jwt-issuer', 'https://issuer.example', '--jwt-audience', ' '],
    '--jwt-audience must name whom tokens are for',
  ],
  [
    'an issuer of tokens by http',
    ['serve', '--jwt-issuer', 'http://issuer.example', '--jwt-audience', 'a, b'],
    '--jwt-issuer must be a URL by https, or by http on this machine, got "http://issuer.example"',
  ],
  [
    'text among numbers',
    ['train', 'bad.csv'],
    'got "two" in line 3 of bad.csv, column y: mend the cell, leave it empty',
  ],
] as const;

const outcome = (words: readonly string[]) => tidecast([...words], { cwd });

test.each(misspelled)('a typo of %s gets a suggestion: %j', async (_, words, said) => {
  const { code, stdout, stderr } = await outcome(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});

test.each(refused)('%s ends with 2 and the remedy: %j', async (_, words, said) => {
  const { code, stdout, stderr } = await outcome(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});

test('help and the version end with 0', async () => {
  const [help, version] = await Promise.all([outcome(['train', '--help']), outcome(['--version'])]);
  expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--budget <budget>') });
  expect(version).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('a reader of the output that stops early is no failure', async () => {
  const { code, stderr } = await tidecast(['inspect', 'good.csv', '--json'], { cwd, isUnread: true });
  expect([code, stderr]).toEqual([0, '']);
});

test('on a terminal progress is one line that is written over, and errors are red unless NO_COLOR is set', async () => {
  const words = ['train', 'bad.csv', '--out', 'terminal'];
  const [coloured, plain] = await Promise.all([
    tidecast(words, { cwd, isTerminal: true }),
    tidecast(words, { cwd, isTerminal: true, environment: { NO_COLOR: '1' } }),
  ]);
  expect(visible(coloured.stderr)).toMatch(
    /^(<return><escape>\[K\w+ {2}\d+ s)+\n<escape>\[31merror:<escape>\[39m the column y/,
  );
  expect(visible(plain.stderr)).toMatch(/^(<return><escape>\[K\w+ {2}\d+ s)+\nerror: the column y/);
});

test('inspect takes the roles, the zone and the aggregation that train takes, and says how to go on', async () => {
  const rows = ['31.12.2023 23:00;north;1', '31.12.2023 23:30;north;2', '01.01.2024 00:00;north;4'];
  writeFileSync(join(cwd, 'local.csv'), ['when;shop;sold', ...rows].join('\n'));
  const said = ['local.csv', '--time', 'when', '--item', 'shop', '--target', 'sold', '--aggregation', 'sum'];
  const words = [...said, '--timezone', 'Europe/Berlin', '--timestamp-format', '%d.%m.%Y %H:%M'];
  const { code, stdout, stderr } = await tidecast(['inspect', ...words], { cwd });
  expect([code, stdout.match(/^(time|target|rows) .*/gm)]).toEqual([
    0,
    [
      'rows       3 in 3 periods, from 2023-12-31 22:00:00 to 2023-12-31 23:00:00',
      'time       when (as told)',
      'target     sold (as told)',
    ],
  ]);
  expect(stderr).toMatch(
    /^next: .* train local\.csv --time when --item shop --target sold --aggregation sum /,
  );
});

test('inspect reads several item columns, a decimal comma and an items table as train does', async () => {
  writeFileSync(join(cwd, 'items.csv'), 'Region,State,size\nN,1,5\n');
  const words = ['inspect', 'comma.csv', '--item', 'Region,State', '--items', 'items.csv', '--json'];
  const refusal = await tidecast(words, { cwd });
  expect([refusal.code, refusal.stderr]).toEqual([2, expect.stringContaining('say with the option decimal')]);
  const { code, stdout } = await tidecast([...words, '--decimal', ','], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ items: 1, longest: { item: 'N/1', periods: 2 } },
    roles: { item: { column: ['Region', 'State'] }, static: ['size'] },
  });
}, 60_000);
