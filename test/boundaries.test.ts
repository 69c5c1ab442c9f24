import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cruiser = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/** What a small tree of files breaks: file and rule, one line each, sorted; a circle stands once, under one of its files. */
function broken(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const config = join(process.cwd(), '.dependency-cruiser.mjs');
    const args = [join(process.cwd(), cruiser), '.', '--config', config, '--output-type', 'json'];
    const { summary } = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
    const found: { from: string; rule: { name: string } }[] = summary.violations;
    return [...new Set(found.map(({ from, rule }) => `${from} ${rule.name}`))].sort();
  } finally {
    rmSync(root, { recursive: true });
  }
}

const library = {
  'shared/errors/index.ts': 'export class Wrong extends Error {}',
  'shared/cors/index.ts': 'export const value = 1;',
  'shared/graph/index.ts': "export { Wrong } from '../errors/index.ts';\nexport * from './value.ts';",
  'shared/graph/value.ts': 'export interface Value { n: number }\nexport const value = 1;',
  'shared/model/index.ts': "export { value } from '../graph/index.ts';",
  'shared/train/index.ts': "export { value } from '../model/index.ts';\nexport * from './engines/one.ts';",
  'shared/train/engines/one.ts': "export { value as one } from '../../graph/index.ts';",
  'shared/dataset/index.ts': 'export const panel = 1;',
  'shared/jobs/index.ts': "export { value } from '../train/index.ts';",
  'shared/store/index.ts': 'export const store = 1;',
  'shared/forecast/index.ts': "export { value as feeds } from './feeds.ts';",
  'shared/forecast/feeds.ts': 'export const value = 1;',
  'examples/electricity/electricity.csv': 'time,value',
  'shared/serve/index.ts': "export { store } from '../store/index.ts';",
  'functions/train/main.ts': "import '../../shared/train/index.ts';",
  'bench/speed.ts': "import '../shared/graph/index.ts';",
  'test/graph/value.test.ts':
    "import '../../shared/graph/value.ts';\nimport '../../functions/train/main.ts';",
};

const cases: [path: string, text: string, rules: string[]][] = [
  ['shared/errors/a.ts', "import '../graph/index.ts';", ['leaf-imports']],
  ['shared/graph/a.ts', "import '../model/index.ts';", ['graph-imports']],
  ['shared/graph/b.ts', "import type { panel } from '../dataset/index.ts';", ['graph-imports']],
  ['shared/graph/c.ts', "export type Panel = import('../dataset/index.ts').Panel;", ['graph-imports']],
  ['shared/graph/d.ts', "import './nowhere.ts';", ['resolvable']],
  ['shared/graph/e.ts', "import './f.ts';", ['no-circle']],
  ['shared/graph/f.ts', "import type {} from './e.ts';", []],
  ['shared/dataset/a.ts', "import '../graph/index.ts';", ['dataset-imports']],
  ['shared/model/a.ts', "import '../train/index.ts';", ['model-imports']],
  ['shared/model/b.ts', "import '../graph/value.ts';", ['door-inside-shared']],
  ['shared/model/c.ts', "import '../../bench/speed.ts';", ['model-imports', 'product-without-tools']],
  ['shared/evaluate/a.ts', "import '../train/index.ts';", ['evaluate-imports']],
  ['shared/serve/a.ts', "import '../train/index.ts';", ['serve-imports', 'serving-without-training']],
  ['shared/api/a.ts', "import '../train/index.ts';", ['api-imports', 'serving-without-training']],
  ['shared/documents/a.ts', "import '../jobs/index.ts';", ['documents-imports', 'serving-without-training']],
  ['shared/new/index.ts', "import 'node:fs';", ['folder-in-table']],
  ['functions/plan/a.ts', "import type { Value } from '../../shared/graph/value.ts';", ['door-from-outside']],
  ['functions/plan/b.ts', "import '../train/main.ts';", ['functions-apart']],
  ['functions/forecast/a.ts', "import '../../shared/jobs/index.ts';", ['serving-without-training']],
  ['functions/manage/a.ts', "import '../../shared/jobs/index.ts';", ['serving-without-training']],
  ['functions/start/a.ts', "import '../../shared/dataset/index.ts';", ['serving-without-training']],
  ['bench/a.ts', "import '../functions/train/main.ts';", ['functions-are-entries']],
  ['infra/a.ts', "import type { value } from '../shared/graph/index.ts';", ['infra-by-path']],
  ['infra/b.ts', "import { value } from '../shared/cors/index.ts';", []],
  ['web/a.ts', "import { value } from '../shared/graph/index.ts';", ['web-runs-anywhere']],
  ['web/b.ts', "import type { Value } from '../shared/graph/index.ts';", []],
  ['web/c.ts', "import { feeds } from '../shared/forecast/index.ts';", []],
  ['web/d.ts', "import { store } from '../shared/serve/index.ts';", ['web-runs-anywhere']],
  ['web/e.ts', "import '../bench/speed.ts';", ['product-without-tools', 'web-runs-anywhere']],
  ['web/f.ts', "import '../examples/electricity/electricity.csv';", []],
  ['shared/forecast/a.ts', "import { store } from '../store/index.ts';", ['forecast-imports']],
];

test('a tree that keeps the directions breaks no rule', () => {
  expect(broken(library)).toEqual([]);
});

test('every import against the directions is found, of types too', () => {
  const files = Object.fromEntries(cases.map(([path, text]) => [path, text]));
  const expected = cases.flatMap(([path, , rules]) => rules.map((rule) => `${path} ${rule}`));
  expect(broken({ ...library, ...files })).toEqual(expected.sort());
});
