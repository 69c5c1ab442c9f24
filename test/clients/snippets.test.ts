import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Client, createClient } from '../../shared/client/index.ts';
import { parseFrequency, parsePeriod } from '../../shared/frequency/index.ts';
import { type Server, startServer } from '../../shared/server/index.ts';
import { indexExpression } from '../../web/pages/use/snippet-frequency.ts';
import {
  curlSnippet,
  nixtlaSnippet,
  onnxSnippet,
  type Subject,
  typescriptSnippet,
} from '../../web/pages/use/snippets.ts';
import { scratch } from '../support/job.ts';
import { names, trainedStore } from '../web/trained.ts';

const folder = scratch('snippets');
const run = promisify(execFile);
let server: Server;
let client: Client;
let subject: Subject;
/** What the API says of the item: by level the values of all steps. */
let expected: ReadonlyMap<number, readonly (number | null)[]>;

beforeAll(async () => {
  const root = join(folder.root(), 'store');
  await trainedStore(root);
  server = await startServer({
    ...{ root, host: '127.0.0.1', port: 0, access: {}, corsOrigins: [], processes: 1, quietSeconds: 1 },
    ...{ log: () => undefined, onError: () => undefined },
  });
  client = createClient({ url: server.origin });
  const params = { path: { model: names.model } };
  const { data: model } = await client.GET('/v1/models/{model}', { params });
  const { data: answer } = await client.POST('/v1/models/{model}/forecast', {
    params,
    body: { items: [names.item] },
  });
  if (!model || !answer) throw new Error('the API must answer');
  subject = { url: server.origin, model, item: names.item, token: false };
  expected = new Map(answer.forecasts[0]?.quantiles.map(({ level, values }) => [level, values]));
}, 120_000);

afterAll(() => server?.close());

const python = async (text: string): Promise<string> => {
  const program = process.env.TIDECAST_PYTHON;
  if (!program) throw new Error('TIDECAST_PYTHON must name a Python: use `npm run test:clients`');
  return (await run(program, ['-c', text], { cwd: folder.base })).stdout;
};

/** What a program printed as its last line, as JSON. */
const last = (output: string) => JSON.parse(output.trim().split('\n').at(-1) ?? '');

function expectClose(found: readonly number[], level: number, tolerance: number): void {
  const wanted = expected.get(level) ?? [];
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? Number.NaN))).toBeLessThan(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

test('curl says what the API says', async () => {
  const { stdout } = await run('bash', ['-c', curlSnippet(subject)]);
  const [forecast] = JSON.parse(stdout).forecasts;
  for (const { level, values } of forecast.quantiles) expect(values).toEqual(expected.get(level));
});

test('the TypeScript runs as it is', async () => {
  const code = `${typescriptSnippet(subject)}\nconsole.log(JSON.stringify(forecasts[0].quantiles));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
  for (const { level, values } of last(stdout)) expect(values).toEqual(expected.get(level));
});

test('the nixtla client forecasts from what is stored, with the loads that are known ahead', async () => {
  const code = `${nixtlaSnippet(subject)}\nprint(forecast.to_json(orient="columns"))`;
  const table = last(await python(code));
  // The client rounds to float32.
  expectClose(Object.values(table.TimeGPT), 0.5, 1e-4);
  expectClose(Object.values(table['TimeGPT-lo-80']), 0.1, 1e-4);
  expectClose(Object.values(table['TimeGPT-hi-80']), 0.9, 1e-4);
}, 120_000);

test('ONNX Runtime for Python makes the same of the downloaded bundle', async () => {
  const code = `${onnxSnippet(subject)}\nimport json\nprint(json.dumps(quantiles[0, :, 0].T.tolist()))`;
  const found: number[][] = last(await python(code));
  [...expected.keys()].forEach((level, i) => {
    expectClose(found[i] ?? [], level, 1e-4);
  });
}, 120_000);

test.each([
  ['15min', '2024-02-29T12:45:00Z'],
  ['1h', '1969-12-31T23:00:00Z'],
  ['6h', '2024-03-31T18:00:00Z'],
  ['1d', '2024-02-29T00:00:00Z'],
  ['1b', '2024-03-01T00:00:00Z'],
  ['1w', '2024-02-26T00:00:00Z'],
  ['1mo', '2024-02-01T00:00:00Z'],
  ['1q', '2024-04-01T00:00:00Z'],
  ['1y', '1960-01-01T00:00:00Z'],
])('the period index of %s at %s', async (text, start) => {
  const frequency = parseFrequency(text);
  const code = [
    'from datetime import datetime',
    'import numpy as np',
    `bundle = {"frequency": {"offset": ${frequency.offset}}}`,
    `start = datetime.fromisoformat("${start.replace('Z', '+00:00')}")`,
    ...indexExpression(text),
    'print(index)',
  ];
  expect(last(await python(code.join('\n')))).toBe(parsePeriod(frequency, start));
});
