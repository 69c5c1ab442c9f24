/** The thread of one session: opens the graph it was given, runs it as it is asked to, and ends when it is released. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSession } from '../../graph/index.ts';
import type { ThreadAnswer, ThreadRequest } from './thread.ts';

const send = (answer: ThreadAnswer) => parentPort?.postMessage(answer);
const failed = (id: number | null) => (error: unknown) =>
  send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });

async function work(): Promise<void> {
  const session = await openSession(workerData as Uint8Array);
  send({ kind: 'open', inputs: session.inputs, outputs: session.outputs });
  // One after the other: what was asked before the release is done before it.
  let before: Promise<void> = Promise.resolve();
  parentPort?.on('message', (request: ThreadRequest) => {
    before = before.then(async () => {
      if (request.kind === 'release') {
        await session.release();
        parentPort?.close();
        return;
      }
      const { id, feeds, outputs } = request;
      await session.run(feeds, outputs).then((results) => send({ kind: 'results', id, results }), failed(id));
    });
  });
}

work().catch(failed(null));
