/**
 * Trains one member in a process of its own, which may be killed at any moment. Started by the local runner with
 * the store's folder, the dataset, the job, the member's number and the phase; reports to it by messages and ends with it.
 */

import { phases, statedError } from '../documents/index.ts';
import { fileStore } from '../store/index.ts';
import type { Progress } from '../train/index.ts';
import { openMember } from './open-member.ts';
import type { WorkerMessage } from './processes.ts';
import { trainMember } from './train-member.ts';

const [root = '', dataset = '', job = '', member = '', phaseName = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
// The runner is gone: nobody would read what comes, and a new runner starts workers of its own.
process.on('disconnect', () => process.exit(1));

const send = (message: WorkerMessage) => process.send?.(message);

async function work(): Promise<void> {
  const store = fileStore(root);
  const phase = phases.find((name) => name === phaseName) ?? 'choose';
  const task = await openMember(store, { dataset, job, index: Number(member) });
  const onProgress = ({ step, steps, loss }: Progress) =>
    send({ kind: 'progress', phase, step, steps, loss });
  const trained = await trainMember({ ...task, onProgress, signal: stop.signal }, phase);
  send({ kind: trained ? 'done' : 'cancelled' });
}

work()
  .catch((error: unknown) => send({ kind: 'failed', error: statedError(error) }))
  .finally(() => process.disconnect?.());
