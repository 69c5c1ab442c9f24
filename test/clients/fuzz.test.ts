import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allRoutes } from '../../shared/api/routes/table.ts';
import { scratch } from '../support/job.ts';
import { fuzzedWorld, names } from './world.ts';

/** What schemathesis reports of a run. */
interface Report {
  readonly stop_reason: string;
  readonly operations: { readonly total: number; readonly tested: number };
  readonly phases: Readonly<Record<string, { readonly status: string }>>;
  readonly test_cases: {
    readonly generated: number;
    readonly with_failures: number;
    readonly errored: number;
  };
}

const folder = scratch('fuzz');
const quick = process.env.TIDECAST_QUICK !== undefined;
/** Examples of each operation in the phase that makes them up, and how many cases that must come to in all. */
const { examples, cases } = quick ? { examples: 15, cases: 2500 } : { examples: 120, cases: 5000 };

/** Runs schemathesis with all its checks and phases on everything that the document lists. */
async function fuzz(): Promise<{ readonly report: Report; readonly said: string }> {
  const python = process.env.TIDECAST_PYTHON;
  if (!python)
    throw new Error('TIDECAST_PYTHON must name a Python with schemathesis: use `npm run test:clients`');
  const { server, token, instead } = await fuzzedWorld();
  const file = join(folder.base, 'report.json');
  const options = [
    ...['--config-file', join(import.meta.dirname, 'schemathesis.toml')],
    ...['run', `${server.origin}/openapi.json`, '--checks', 'all', '--max-examples', String(examples)],
    ...['--header', `Authorization: Bearer ${token}`, '--seed', '1', '--no-color'],
    ...['--report', 'json', '--report-json-path', file],
  ];
  const env = {
    ...process.env,
    PYTHONPATH: import.meta.dirname,
    SCHEMATHESIS_HOOKS: 'fuzz_hooks',
    TIDECAST_WORLD: JSON.stringify({ names, instead }),
  };
  try {
    const said = await new Promise<string>((resolve) => {
      const program = join(dirname(python), 'st');
      execFile(program, options, { env, cwd: folder.base, maxBuffer: 2 ** 28 }, (_, out, complaint) =>
        resolve(`${out}${complaint}`),
      );
    });
    return { report: JSON.parse(readFileSync(file, 'utf8')), said };
  } finally {
    await server.close(0);
  }
}

test(`schemathesis finds nothing in at least ${cases} requests to all routes, one after the other and in sequences`, async () => {
  const { report, said } = await fuzz();
  const { stop_reason, operations, phases, test_cases } = report;
  const failed = test_cases.with_failures + test_cases.errored;
  // What it found is in what it says, with a command that does it again.
  expect(failed === 0 ? '' : said).toBe('');
  expect(stop_reason).toBe('completed');
  // The document itself is what it reads the others from: that route alone it leaves out.
  const all = allRoutes.length - 1;
  expect(operations).toMatchObject({ total: all, tested: all });
  expect(Object.fromEntries(Object.entries(phases).map(([name, { status }]) => [name, status]))).toEqual({
    examples: 'success',
    coverage: 'success',
    fuzzing: 'success',
    stateful: 'success',
  });
  expect(test_cases.generated).toBeGreaterThanOrEqual(cases);
  console.log(`${test_cases.generated} requests`);
}, 1_500_000);
