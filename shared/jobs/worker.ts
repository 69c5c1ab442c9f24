/**
 * Trains one member in a process of its own, which may be killed at any moment. Started by the local runner with
 * the store's folder, the dataset, the job, the member's number and the phase; reports to it by messages and ends with it.
 */

import { statedError } from '../documents/index.ts';
import { fileStore, keys } from '../store/index.ts';
import { phases } from './member-task.ts';
import { engineOf, loadPrepared } from './prepared.ts';
import type { WorkerMessage } from './processes.ts';
import { trainMember } from './train-member.ts';
import { readStart } from './warm-start.ts';

const [root = '', dataset = '', job = '', member = '', phaseName = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
// The runner is gone: nobody would read what comes, and a new runner starts workers of its own.
process.on('disconnect', () => process.exit(1));

const send = (message: WorkerMessage) => process.send?.(message);

async function work(): Promise<void> {
  const store = fileStore(root);
  const index = Number(member);
  const prepared = await loadPrepared(store, dataset, job);
  const phase = phases.find((name) => name === phaseName) ?? 'choose';
  const trained = await trainMember(
    {
      ...prepared,
      store,
      index,
      windows: prepared.plan.windows,
      key: (k, file) => keys.memberFile(dataset, job, k, file),
      start: await readStart(store, prepared.plan, index),
      engine: engineOf(prepared.plan.configuration),
      onProgress: ({ step, steps, loss }) => send({ kind: 'progress', phase, step, steps, loss }),
      signal: stop.signal,
    },
    phase,
  );
  send({ kind: trained ? 'done' : 'cancelled' });
}

work()
  .catch((error: unknown) => send({ kind: 'failed', error: statedError(error) }))
  .finally(() => process.disconnect?.());
