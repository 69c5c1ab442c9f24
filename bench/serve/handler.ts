import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { ShownRow } from '../support/report.ts';

const run = promisify(execFile);
/** The handler may take so many times as long as the graph alone. */
const allowed = 1.3;
/** Where the runtime's package is found from. */
const bundled = '.cache/bench-serve-handler.mjs';

interface Times {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** Of the series. */
  readonly values: number;
}

/** In a process of its own, bundled as a Lambda's code is: what runs TypeScript as it is slows it down. */
async function measured(root: string, requests: number): Promise<Times> {
  const require =
    'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  await build({
    ...{ entryPoints: ['bench/serve/handler-program.ts'], outfile: bundled, bundle: true, minify: true },
    ...{ platform: 'node', format: 'esm', external: ['onnxruntime-node', '@aws-sdk/*'], logLevel: 'error' },
    banner: { js: require },
  });
  try {
    const options = { maxBuffer: 2 ** 28 };
    return JSON.parse((await run(process.execPath, [bundled, root, String(requests)], options)).stdout);
  } finally {
    rmSync(bundled, { force: true });
  }
}

const ranked = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ??
  Number.NaN;

/** One series with as many values as the model reads: the whole handler beside `session.run` of the same bundle. */
export async function handlerRows(root: string, requests: number): Promise<readonly ShownRow[]> {
  const { ours, theirs, values } = await measured(root, requests);
  return [0.5, 0.99].map((share) => {
    const [mine, alone] = [ranked(ours, share), ranked(theirs, share)];
    return {
      ...{ case: `one series of ${values} values in process, p${100 * share}`, metric: 'ms', ours: mine },
      ...{ peer: 'session.run alone', theirs: alone, ratio: alone / mine },
      goal: share === 0.5 ? 1 / allowed : null,
    };
  });
}
