import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { alarmNames } from '../../infra/alarms.ts';
import { contextKeys } from '../../infra/context.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const operations = read('docs/operations.md');
const rows = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(([, name]) => name);

test('every setting is on the page of operations, in the order of the code, and none beyond', () => {
  expect(rows(operations, /^\| `([A-Za-z]+)` \|/gm)).toEqual(Object.keys(contextKeys));
});

test('every alarm has a part on the page of operations, and none beyond', () => {
  const part = operations.slice(operations.indexOf('## Read an alarm'), operations.indexOf('## Remove'));
  expect(rows(part, /^### (\S+)$/gm)).toEqual([...alarmNames]);
});

test('every command of the page exists', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  // From the branch that adds tokens.
  const known = [...scripts, 'token'];
  for (const name of rows(operations, /npm run (?:-s )?([\w:-]+)/g)) expect(known).toContain(name);
});

test('what checkov finds and we keep is explained, and nothing is explained that is not kept', () => {
  const kept: string[] = parse(read('test/template/checkov.yaml'))['skip-check'];
  expect(rows(read('docs/decisions/0008-cloud.md'), /^\| (CKV_AWS_\d+) \|/gm)).toEqual(kept);
});
