import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as ort from 'onnxruntime-web/wasm';
import type { Tensor } from '../../../../shared/graph/index.ts';
import type { WorkerAnswer, WorkerRequest } from './messages.ts';

// One thread: more need headers that keep the page apart from all others, and an item is a run of milliseconds.
ort.env.wasm.numThreads = 1;
// From the page's own files: no other host is asked.
ort.env.wasm.wasmPaths = { wasm };

let session: Promise<ort.InferenceSession> | null = null;

addEventListener('message', async ({ data }: MessageEvent<WorkerRequest>) => {
  const answer = await answerOf(data);
  const buffers = Object.values(answer.results ?? {}).map((tensor) => tensor.data.buffer);
  postMessage(answer, { transfer: buffers as ArrayBuffer[] });
});

async function answerOf(request: WorkerRequest): Promise<WorkerAnswer> {
  const { id } = request;
  try {
    if ('open' in request) {
      session = ort.InferenceSession.create(request.open, {
        executionProviders: ['wasm'],
        logSeverityLevel: 3,
      });
      await session;
      return { id, results: {} };
    }
    if (!session) throw new Error('no model is open');
    return { id, results: await run(await session, request.feeds) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

async function run(
  opened: ort.InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const inputs = Object.entries(feeds).map(([name, { dtype, shape, data }]) => [
    name,
    new ort.Tensor(dtype, data, shape),
  ]);
  const outputs = await opened.run(Object.fromEntries(inputs));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { type, dims, data }]) => [
      name,
      // A copy: the runtime's own memory cannot be handed over.
      { dtype: type as Tensor['dtype'], shape: dims, data: (data as Tensor['data']).slice() },
    ]),
  );
}
