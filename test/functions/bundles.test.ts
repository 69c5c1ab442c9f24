import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Below the project, so that what stays outside the bundle is found. */
const folder = join('.cache', 'test-functions');
const native = ['onnxruntime-node', '@duckdb/node-api', '@tensorflow/tfjs', '@tensorflow/tfjs-node'];
const banner = "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);";

/** The native packages that a bundled function asks for, and how. */
function bundle(name: string): readonly string[] {
  const meta = join(folder, `${name}.json`);
  execFileSync(join('node_modules', '.bin', 'esbuild'), [
    ...[`functions/${name}/index.ts`, '--bundle', '--platform=node', '--format=esm', '--target=node20'],
    ...['--main-fields=module,main', '--log-level=error', `--banner:js=${banner}`],
    ...native.map((one) => `--external:${one}`),
    ...[`--outfile=${join(folder, `${name}.mjs`)}`, `--metafile=${meta}`],
  ]);
  const { outputs } = JSON.parse(readFileSync(meta, 'utf8')) as {
    outputs: Record<string, { imports: { path: string; kind: string }[] }>;
  };
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  const found = imports
    .filter(({ path }) => native.includes(path))
    .map(({ path, kind }) => `${path} ${kind}`);
  return [...new Set(found)].sort();
}

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const training = ['@tensorflow/tfjs dynamic-import', '@tensorflow/tfjs-node dynamic-import'];

test.each<[string, readonly string[]]>([
  ['start', []],
  ['plan', ['@duckdb/node-api dynamic-import', 'onnxruntime-node import-statement']],
  ['preview', ['@duckdb/node-api dynamic-import']],
  ['manage', []],
  ['train', ['onnxruntime-node import-statement']],
  ['assemble', ['onnxruntime-node import-statement']],
  ['export', ['onnxruntime-node import-statement']],
])('%s, bundled, needs of native packages just %j, and loads', (name, needed) => {
  expect(bundle(name).filter((one) => !training.includes(one))).toEqual(needed);
  const load = `import('./${folder}/${name}.mjs').then((module) => console.log(Object.keys(module)))`;
  const environment = {
    TIDECAST_BUCKET: 'b',
    TIDECAST_STATE_MACHINE_ARN: 'arn:aws:states:r:1:stateMachine:m',
    TIDECAST_EXPORT_MACHINE_ARN: 'arn:aws:states:r:1:stateMachine:e',
    TIDECAST_PREVIEW_FUNCTION_ARN: 'arn:aws:lambda:r:1:function:preview',
  };
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', load], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  expect(said.trim()).toBe("[ 'handler' ]");
});
