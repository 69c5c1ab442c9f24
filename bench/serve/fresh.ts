import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonOf } from '../support/python.ts';
import type { ShownRow } from '../support/report.ts';
import { model } from './model.ts';

const run = promisify(execFile);

/** What a fresh process needs, in milliseconds. */
interface Times {
  readonly load: number;
  readonly session: number;
  readonly run: number;
}

/** JavaScript as it is published: no compiler is loaded with it. */
const program = `
const began = performance.now();
const { readBundleDirectory } = await import('./dist/shared/bundle/index.js');
const { openSession } = await import('./dist/shared/graph/index.js');
const { forecastItems, shapeOf } = await import('./dist/shared/forecast/index.js');
const loaded = performance.now();
const { description, forecaster } = await readBundleDirectory(process.argv[1]);
const session = await openSession(forecaster);
const opened = performance.now();
const history = Float64Array.from({ length: 168 }, (_, hour) => 100 + (hour % 24));
await forecastItems(session, shapeOf(description), [{ item: 'a', start: 473352, history }]);
console.log(JSON.stringify({ load: loaded - began, session: opened - loaded, run: performance.now() - opened }));
`;

const median = (times: readonly Times[], of: (one: Times) => number): number =>
  times.map(of).sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/** From a fresh process to the first forecast: loading the code, opening the bundle, running it once. */
export async function freshRows(root: string, turns: number): Promise<readonly ShownRow[]> {
  await run('npm', ['run', 'build']);
  const { version } = JSON.parse(readFileSync(join(root, 'models', model, 'current.json'), 'utf8'));
  const bundle = join(root, 'models', model, version);
  const [ours, theirs]: [Times[], number[]] = [[], []];
  const python = pythonOf('onnxruntime');
  for (let turn = 0; turn < turns; turn++) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program, bundle]);
    ours.push(JSON.parse(stdout));
    const peer = JSON.parse((await run(python, ['bench/onnxruntime/cold_start.py', bundle])).stdout);
    theirs.push(peer.import + peer.forecast);
  }
  const sum = ({ load, session, run: first }: Times) => load + session + first;
  const beside = (what: string, of: (one: Times) => number): ShownRow => ({
    ...{ case: `fresh process: ${what}`, metric: 'ms', ours: median(ours, of), goal: null },
    ...{ peer: 'in all', theirs: median(ours, sum), ratio: median(ours, sum) / median(ours, of) },
  });
  const python50 = theirs.sort((a, b) => a - b)[turns >> 1] ?? Number.NaN;
  return [
    beside('code', ({ load }) => load),
    beside('session', ({ session }) => session),
    beside('first run', ({ run: first }) => first),
    {
      ...{ case: 'fresh process to first forecast', metric: 'ms', ours: median(ours, sum), goal: null },
      ...{ peer: 'onnxruntime for Python', theirs: python50, ratio: python50 / median(ours, sum) },
    },
  ];
}
