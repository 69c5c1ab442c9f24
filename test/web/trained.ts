import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newJob, parseConfiguration, writeJob, writeLatest } from '../../shared/documents/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { fileStore } from '../../shared/store/index.ts';

const example = 'examples/electricity';

/** What the pages of the tests are about. */
export const names = {
  ...{ model: 'electricity', item: 'BE', other: 'FR', failed: 'broken', running: 'growing' },
} as const;

/** The last weeks of two markets. */
function newest(file: string, rows: number): string {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const of = (item: string) => lines.filter((line) => line.startsWith(`${item},`)).slice(-rows);
  return `${[head, ...of(names.item), ...of(names.other)].join('\n')}\n`;
}

/** Small enough for seconds. */
const configuration = {
  ...{ members: 1, units: 8, budget: '20steps', horizon: 24, transform: 'identity' },
  columns: { known: ['Exogenous1', 'Exogenous2'] },
} as const;

/**
 * A store with a small model that knows covariates of the coming day, in two versions, and with jobs in every state
 * that a page shows.
 *
 * @returns the job that made the first version
 */
export async function trainedStore(root: string): Promise<{ readonly job: string }> {
  mkdirSync(root, { recursive: true });
  const [table, related] = [join(root, '..', 'electricity.csv'), join(root, '..', 'related.csv')];
  writeFileSync(table, newest(join(example, 'electricity.csv'), 600));
  writeFileSync(related, newest(join(example, 'electricity-future.csv'), 24));
  const task = { root, dataset: names.model, files: [table], related: [related], processes: 1 };
  const { job } = await runJob({ ...task, configuration: parseConfiguration(configuration) });
  await runJob({ ...task, configuration: parseConfiguration({ ...configuration, budget: '30steps' }) });
  await otherJobs(root);
  return { job: job.job };
}

async function otherJobs(root: string): Promise<void> {
  const store = fileStore(root);
  const inputs = { fingerprint: 'f', objects: [], parent: null };
  const member = { phase: 'choose', step: 120, steps: 400, loss: 0.4 } as const;
  await writeJob(store, {
    ...newJob(names.running, 'j1', inputs),
    ...{
      stage: 'train',
      members: [member, { ...member, phase: 'waiting', step: 0, loss: null }],
      seconds: 72,
    },
  });
  await writeJob(store, {
    ...newJob(names.failed, 'j2', inputs),
    ...{ status: 'failed', stage: 'end', seconds: 3 },
    error: {
      code: 'DATA',
      message: 'the column value must hold finite numbers, got "12o" in line 21 of table.csv',
      remedy: 'mend the cell',
    },
  });
  await writeLatest(store, names.running, { inputs: 'f', job: 'j1' }, null);
  await writeLatest(store, names.failed, { inputs: 'f', job: 'j2' }, null);
}
