import { decideStart } from '../documents/index.ts';
import { about, type StartContext, type Started } from './context.ts';
import { readUploads, type Uploaded } from './inputs.ts';
import { begin, launch, newest } from './launch.ts';

/** How much earlier than its delay an event may come, clocks being what they are. In milliseconds. */
const tolerance = 2_000;

/** Whether more may be about to come. */
const isYoung = ({ clock, quietSeconds }: StartContext, uploaded: Uploaded): boolean =>
  clock() - uploaded.newest.getTime() < 1000 * quietSeconds - tolerance;

/** Starts the job that a dataset's objects ask for, if they do. Called twice, or by two at once, it starts one. */
export async function startDataset(context: StartContext, dataset: string): Promise<Started> {
  const uploaded = await readUploads(context.store, dataset);
  if (!uploaded) return { dataset, kind: 'empty' };
  if (isYoung(context, uploaded)) return { dataset, kind: 'young' };
  const { latest, job, executing } = await newest(context, dataset);
  const start = decideStart({ inputs: uploaded.fingerprint, latest, job, executing });
  if (start === 'resume' && job) return launch(context, job);
  if (start === 'begin' || start === 'resume') return begin(context, dataset, uploaded, latest, job);
  return about(dataset, start, job);
}

/**
 * Begins a job on a dataset's objects although nothing has changed: one that has failed or was cancelled goes on where
 * it was, one that was done is done once more, from the champion's weights. Of two at once, one is `lost`.
 */
export async function retrainDataset(context: StartContext, dataset: string): Promise<Started> {
  const uploaded = await readUploads(context.store, dataset);
  if (!uploaded) return { dataset, kind: 'empty' };
  if (isYoung(context, uploaded)) return { dataset, kind: 'young' };
  const { latest, job, executing } = await newest(context, dataset);
  if (job?.status === 'running' && executing) return about(dataset, 'busy', job);
  const same = latest?.inputs === uploaded.fingerprint ? job : null;
  if (same && same.status !== 'done') return launch(context, same);
  return begin(context, dataset, uploaded, latest, job, same?.job);
}
