import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import { findJob } from './jobs.ts';

/** Sends a job whenever its document has changed, until it has ended or nobody listens any more. */
export async function followed(
  c: Context,
  { store, interval }: { readonly store: ObjectStore; readonly interval: number | undefined },
  {
    grant,
    job,
    dataset,
  }: { readonly grant: Grant; readonly job: string; readonly dataset: string | undefined },
): Promise<Response> {
  let found = await findJob(store, grant, job, dataset);
  if (interval === undefined) throw notStreamed(job);
  return streamSSE(c, async (stream) => {
    let said = '';
    for (;;) {
      const data = JSON.stringify(found);
      if (data !== said) await stream.writeSSE({ event: 'job', data });
      if (found.status !== 'running' || stream.aborted) return;
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
