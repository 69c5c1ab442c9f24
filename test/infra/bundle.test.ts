import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { bundleFunction } from '../../infra/bundle.ts';
import { copyNative } from '../../infra/native.ts';

/** Bundling starts programs and moves files of 50 MB. */
const patience = 60_000;

const megabyte = 1e6;
let target: string;
beforeEach(() => {
  target = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => rmSync(target, { recursive: true }));

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );

/** Bytes of the folder's zip: each file deflated by itself, with its two headers, and the end of the directory. */
const zippedSize = (folder: string): number =>
  files(folder).reduce(
    (sum, path) => sum + deflateRawSync(readFileSync(join(folder, path))).length + 30 + 46 + 2 * path.length,
    22,
  );

test.each([
  ['x64', 22],
  ['arm64', 14],
] as const)(
  'the forecast function for %s is at most %d MB zipped, with one platform and no DuckDB',
  (architecture, most) => {
    const folder = bundleFunction('forecast', architecture, target);
    const natives = files(folder).filter((path) => /\.(node|so(\.\d+)?|dll|dylib)$/.test(path));
    expect(natives.sort()).toEqual(
      ['libonnxruntime.so.1', 'onnxruntime_binding.node'].map((file) =>
        expect.stringMatching(
          new RegExp(`^node_modules/onnxruntime-node/bin/napi-v\\d+/linux/${architecture}/${file}$`),
        ),
      ),
    );
    expect(zippedSize(folder)).toBeLessThanOrEqual(most * megabyte);
  },
  patience,
);

/** The functions' platform is Linux, and so must be the one that runs what was bundled. */
const here = process.arch === 'arm64' ? 'arm64' : 'x64';

test('the copied packages load, and so does what they need, without the project’s node_modules', () => {
  copyNative(process.cwd(), target, ['onnxruntime', 'duckdb'], here);
  const script = `
    import ort from 'onnxruntime-node';
    import { DuckDBInstance } from '@duckdb/node-api';
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = (await db.runAndReadAll('select 42')).getRows();
    console.log(typeof ort.InferenceSession.create, rows[0][0]);`;
  const args = ['--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, args, { cwd: target, encoding: 'utf8' })).toBe('function 42\n');
});

test(
  'the bundled handler loads in a process of its own',
  () => {
    const folder = bundleFunction('forecast', here, target);
    const script = "console.log(typeof (await import('./index.mjs')).handler);";
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      encoding: 'utf8',
      // What a function reads while it is loaded.
      env: { TIDECAST_BUCKET: 'bucket', AWS_REGION: 'us-east-1' },
    });
    expect([status, stdout]).toEqual([0, 'function\n']);
  },
  patience,
);

test('a package that is not installed is named with the command that installs it', () => {
  const other = here === 'arm64' ? 'x64' : 'arm64';
  const root = join(target, 'project');
  const module = join(root, 'node_modules', '@duckdb');
  for (const name of ['node-api', 'node-bindings']) {
    cpSync(`node_modules/@duckdb/${name}/package.json`, join(module, name, 'package.json'));
  }
  expect(() => copyNative(root, target, ['duckdb'], other)).toThrow(
    new RegExp(`npm install --no-save --force @duckdb/node-bindings-linux-${other}@\\d`),
  );
});
