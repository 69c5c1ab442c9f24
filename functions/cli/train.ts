import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { readBundleDirectory } from '../../shared/bundle/index.ts';
import type { Job } from '../../shared/documents/index.ts';
import { ConfigurationError, show } from '../../shared/errors/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { backtestTable } from './backtest-table.ts';
import { budgetLine } from './budget-line.ts';
import {
  Cancelled,
  numberList,
  paint,
  print,
  printJson,
  program,
  quoted,
  say,
  wholeNumber,
} from './output.ts';
import { showProgress } from './progress.ts';
import { configurationOf, type ReadingOptions } from './reading.ts';

interface TrainOptions extends ReadingOptions {
  readonly related?: string[];
  readonly items?: string[];
  readonly out: string;
  readonly name?: string;
  readonly horizon?: string;
  readonly freq?: string;
  readonly quantiles?: string;
  readonly cell?: string;
  readonly members?: string;
  readonly seed?: string;
  readonly budget?: string;
  readonly engine?: string;
  readonly json?: boolean;
}

/** `tidecast train`: runs the job on this machine and prints the backtest. */
export async function train(files: string[], options: TrainOptions): Promise<void> {
  const dataset = options.name ?? nameOf(files[0] ?? '');
  const configuration = configurationOf(options, flagsOf(options));
  checkOut(options.out);
  const stop = new AbortController();
  const cancel = () => stop.abort();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  const { job, already } = await runJob({
    root: options.out,
    dataset,
    files,
    ...(options.related && { related: options.related }),
    ...(options.items && { items: options.items }),
    configuration,
    processes: availableParallelism(),
    onChange: showProgress(),
    signal: stop.signal,
  });
  if (job.status === 'cancelled') {
    say(`cancelled; the same command goes on from here (job ${job.job})`);
    throw new Cancelled();
  }
  const bundle = join(options.out, 'models', dataset, job.version ?? '');
  const { description } = await readBundleDirectory(bundle);
  if (options.json) {
    printJson({ job, already, bundle, metrics: description.metrics });
    return;
  }
  if (already) say(`nothing to do: job ${job.job} has done this before with the same data and configuration`);
  print(backtestTable(description.metrics.backtest));
  budgetLine(description).forEach(say);
  printEnd(job, bundle);
}

function checkOut(out: string): void {
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new ConfigurationError({
    rule: '--out must be a folder, which is made where there is none',
    received: `${show(out)}, which is a file`,
    remedy: 'name another place',
  });
}

function flagsOf(options: TrainOptions): object {
  return {
    horizon: wholeNumber('horizon', options.horizon),
    frequency: options.freq,
    quantiles: numberList('quantiles', options.quantiles),
    cell: options.cell,
    members: wholeNumber('members', options.members),
    seed: wholeNumber('seed', options.seed),
    budget: options.budget,
    engine: options.engine,
  };
}

/** A dataset's name from a file's: what stands before the first dot, other characters as hyphens. */
const nameOf = (file: string): string =>
  (basename(file).split('.')[0] ?? '').replaceAll(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '') || 'dataset';

function printEnd({ version, promoted, reason }: Job, bundle: string): void {
  say(
    `${paint(promoted ? 'green' : 'red', promoted ? 'serves now' : 'does not serve')}: version ${version}, ${reason}`,
  );
  say(`next: ${program} forecast ${quoted(bundle)}`);
}
