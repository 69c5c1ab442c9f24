/**
 * How long does a fresh forecast Lambda take for its first forecast: loading its code, reading the bundle, opening
 * the session, forecasting?
 *
 * The function is bundled as for a deployment and started in a process of its own for each turn; it reads from an
 * S3 on this machine and is called with an event of API Gateway. Starting Node itself is not counted, as it is none
 * of ours. Beside it, Python's ONNX Runtime opens and runs the same bundle. Options: --turns N, --json.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bundleFunction } from '../infra/bundle.ts';
import { serveFolder } from './support/folder-bucket.ts';
import { pythonOf } from './support/python.ts';
import { report, type ShownRow } from './support/report.ts';

const run = promisify(execFile);
/** Milliseconds for everything. */
const budget = 300;
const model = 'cold';

/** What each process prints, in milliseconds. */
interface Times {
  readonly import: number;
  readonly forecast: number;
  /** Of all threads, for everything: tells a busy machine from slow code. */
  readonly cpu?: number;
  readonly name?: string;
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, turns: { type: 'string', default: '7' } },
});
const turns = Number(options.turns);

/** 20 hourly series of a thousand hours. */
const table = (): string => {
  const rows = Array.from({ length: 20 * 1000 }, (_, i) => {
    const [item, hour] = [Math.floor(i / 1000), i % 1000];
    const value = 100 + item + 10 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 7);
    return `item ${item},${new Date(Date.UTC(2024, 0, 1, hour)).toISOString()},${value.toFixed(2)}`;
  });
  return `${['item_id,timestamp,target', ...rows].join('\n')}\n`;
};

/** A model of the default shape: how well it was trained does not change how fast it is. */
async function train(root: string): Promise<string> {
  const file = join(root, 'table.csv');
  writeFileSync(file, table());
  const options = ['--out', root, '--name', model, '--budget', '25steps'];
  await run(process.execPath, ['--import', 'tsx', 'functions/cli/main.ts', 'train', file, ...options]);
  const { version } = JSON.parse(readFileSync(join(root, 'models', model, 'current.json'), 'utf8'));
  return join(root, 'models', model, version);
}

/** The process: no TypeScript, so that nothing but the function is loaded. */
const script = `
const event = ${JSON.stringify({
  version: '2.0',
  routeKey: 'POST /v1/models/{model}/forecast',
  rawPath: `/v1/models/${model}/forecast`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', host: 'localhost' },
  requestContext: {
    http: { method: 'POST', path: `/v1/models/${model}/forecast`, sourceIp: '127.0.0.1' },
    domainName: 'localhost',
    requestId: 'cold-start',
    stage: '$default',
  },
  isBase64Encoded: false,
  body: JSON.stringify({ items: ['item 0'] }),
})};
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
const began = performance.now();
const before = cpu();
const { handler } = await import('./index.mjs');
const imported = performance.now();
const answer = await handler(event, { awsRequestId: 'cold-start', functionName: 'forecast', memoryLimitInMB: '1769' });
const forecast = performance.now();
if (answer.statusCode !== 200) throw new Error(JSON.stringify(answer));
console.error(JSON.stringify({ import: imported - began, forecast: forecast - imported, cpu: cpu() - before }));
process.exit(0);
`;

async function ours(folder: string, endpoint: string): Promise<Times> {
  const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      TIDECAST_BUCKET: 'bucket',
      POWERTOOLS_SERVICE_NAME: 'cold-start',
      POWERTOOLS_METRICS_NAMESPACE: 'Tidecast',
    },
  });
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}

/** Null where there is no Python with ONNX Runtime. */
async function theirs(bundle: string): Promise<Times | null> {
  try {
    const { stdout } = await run(pythonOf('onnxruntime'), ['bench/onnxruntime/cold_start.py', bundle]);
    return JSON.parse(stdout);
  } catch (error) {
    console.error(`Python's ONNX Runtime could not run: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

const median = (times: readonly Times[], of: (one: Times) => number): number =>
  times.map(of).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const target = mkdtempSync(join(tmpdir(), 'tidecast-cold-'));
try {
  const bundle = await train(target);
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const folder = bundleFunction('forecast', architecture, join(target, 'assets'));
  const bucket = await serveFolder(target);
  const [mine, peers]: [Times[], Times[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    mine.push(await ours(folder, bucket.endpoint));
    const peer = turn === 0 || peers.length > 0 ? await theirs(bundle) : null;
    if (peer) peers.push(peer);
  }
  bucket.close();

  const peer = peers[0]?.name ?? null;
  const beside = (what: string, of: (one: Times) => number): ShownRow => {
    const [ourMs, theirMs] = [median(mine, of), peer === null ? null : median(peers, of)];
    const ratio = theirMs === null ? null : theirMs / ourMs;
    return { case: what, metric: 'ms', ours: ourMs, peer, theirs: theirMs, ratio, goal: null };
  };
  const cpu = median(mine, (one) => one.cpu ?? Number.NaN).toFixed(0);
  console.error(`processor time of ours, of all threads: ${cpu} ms`);
  const all = beside('in all', (one) => one.import + one.forecast);
  report(
    'cold-start',
    [
      beside('import', (one) => one.import),
      beside('session and first forecast', (one) => one.forecast),
      all,
      {
        ...all,
        case: 'in all, of the budget',
        peer: 'budget',
        theirs: budget,
        ratio: all.ours === null ? null : budget / all.ours,
        goal: 1,
      },
    ],
    options.json,
  );
} finally {
  rmSync(target, { recursive: true, force: true });
}
