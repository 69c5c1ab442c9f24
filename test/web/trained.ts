import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCurrent } from '../../shared/bundle/index.ts';
import {
  type ConfigurationInput,
  newJob,
  parseConfiguration,
  phases,
  writeJob,
  writeLatest,
} from '../../shared/documents/index.ts';
import { assemble, loadPrepared, openMember, plan, trainMember } from '../../shared/jobs/index.ts';
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

/** Steps ahead that the model forecasts. */
export const steps = 12;

/** Small enough for seconds. */
const configuration: ConfigurationInput = {
  ...{ members: 1, units: 8, budget: '20steps', horizon: steps, transform: 'identity' },
  columns: { known: ['Exogenous1', 'Exogenous2'] },
};

/**
 * A store with a small model that knows covariates of the coming day, in two versions, and with jobs in every state
 * that a page shows.
 *
 * @returns the job that made the first version
 */
export async function trainedStore(root: string): Promise<{ readonly job: string }> {
  mkdirSync(root, { recursive: true });
  const [table, related] = [join(root, '..', 'electricity.csv'), join(root, '..', 'related.csv')];
  writeFileSync(table, newest(join(example, 'electricity.csv'), 300));
  writeFileSync(related, newest(join(example, 'electricity-future.csv'), 24));
  const sources = { files: [table], related: [related] };
  await trained(root, 'first', sources, configuration);
  await trained(root, 'second', sources, { ...configuration, units: 10 });
  await otherJobs(root);
  return { job: 'first' };
}

/** As a job does it, in this process: starting one takes as long as the training. */
async function trained(
  root: string,
  job: string,
  sources: { readonly files: readonly string[]; readonly related: readonly string[] },
  said: ConfigurationInput,
): Promise<void> {
  const store = fileStore(root);
  const parent = (await readCurrent(store, names.model))?.version ?? null;
  const task = { dataset: names.model, job, parent };
  await plan({ store, ...task, ...sources, configuration: parseConfiguration(said) });
  const prepared = await loadPrepared(store, names.model, job);
  for (const phase of phases) await trainMember(await openMember(store, { ...task, index: 0 }), phase);
  const { version, promoted, reason } = await assemble({ store, ...prepared });
  const started = newJob(names.model, job, { fingerprint: job, objects: [], parent });
  const members = [{ phase: 'done', step: 20, steps: 20, loss: 0.3 } as const];
  await writeJob(store, {
    ...started,
    ...{ status: 'done', stage: 'end', version, promoted, reason, members, seconds: 5 },
  });
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
