import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import { findJob } from './jobs.ts';

export interface Follow {
  /** How often a job is looked at, in milliseconds. */
  readonly interval: number;
  /** The server is about to end: nobody is told any more. */
  readonly ends?: AbortSignal;
}

/** Sends a job whenever its document has changed, until it has ended or nobody listens any more. */
export async function followed(
  c: Context,
  { store, follow }: { readonly store: ObjectStore; readonly follow: Follow | undefined },
  {
    grant,
    job,
    dataset,
  }: { readonly grant: Grant; readonly job: string; readonly dataset: string | undefined },
): Promise<Response> {
  let found = await findJob(store, grant, job, dataset);
  if (!follow) throw notStreamed(job);
  const { interval, ends } = follow;
  return streamSSE(c, async (stream) => {
    let said = '';
    for (;;) {
      const data = JSON.stringify(found);
      if (data !== said) await stream.writeSSE({ event: 'job', data });
      if (found.status !== 'running' || stream.aborted || ends?.aborted) return;
      said = data;
      await stream.sleep(interval);
      found = await findJob(store, grant, job, found.dataset);
    }
  });
}

const notStreamed = (job: string) =>
  new Refusal('NOT_HERE', {
    rule: 'events need a server that can stream its answers',
    received: 'one that cannot',
    remedy: `ask GET /v1/jobs/${job} every few seconds`,
  });
