import { Refusal } from '../problem.ts';
import { unknownDataset } from './datasets.ts';

/**
 * Begins a job on a dataset's files although nothing has changed. `empty`: there are no files; `young`: more may be
 * coming; `busy`: a job is running; `lost`: another request was faster.
 */
export type Retrain = (
  dataset: string,
) => Promise<{ readonly kind: string; readonly job?: string | undefined }>;

export async function retrained(
  retrain: Retrain | undefined,
  dataset: string,
): Promise<{ dataset: string; job: string }> {
  if (!retrain) throw notHere;
  const { kind, job } = await retrain(dataset);
  if (kind === 'started' && job !== undefined) return { dataset, job };
  if (kind === 'empty') throw unknownDataset(dataset);
  if (kind === 'busy') {
    throw new Refusal('JOB_RUNNING', {
      rule: `no job of ${dataset} may be running`,
      received: job === undefined ? 'one' : `job ${job}`,
      remedy: 'wait for its end, or cancel it',
    });
  }
  if (kind === 'young') {
    throw new Refusal(
      'UPLOADS_COMING',
      {
        rule: 'the newest file must have come to rest',
        received: 'one that has just been written',
        remedy: 'a job starts by itself when no more come',
      },
      { retryAfter: 30 },
    );
  }
  throw new Refusal('STORE_CONFLICT', {
    rule: 'nobody else may begin a job at the same time',
    received: 'another request that was faster',
    remedy: `GET /v1/datasets/${dataset} names the newest job`,
  });
}

const notHere = new Refusal('NOT_HERE', {
  rule: 'training must be possible where the API runs',
  received: 'an API that only serves',
  remedy: 'train with `tidecast train`, or upload a file to a deployed stack',
});
