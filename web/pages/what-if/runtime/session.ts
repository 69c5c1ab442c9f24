import type { Session, Tensor } from '../../../../shared/graph/index.ts';
import type { WorkerAnswer, WorkerRequest } from './messages.ts';

type Results = Readonly<Record<string, Tensor>>;

interface Waiting {
  readonly resolve: (results: Results) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a model in a thread of the page's own, so that the page never stalls.
 *
 * @param forecaster the bytes of an ONNX file; they are handed over
 * @throws Error where the runtime cannot be loaded, or does not take the model
 */
export async function openInWorker(forecaster: Uint8Array): Promise<Session> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const ask = (request: { open: Uint8Array } | { feeds: Results }, transfer: Transferable[] = []) =>
    new Promise<Results>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...request } satisfies WorkerRequest, transfer);
    });
  worker.onmessage = ({ data: { id, results, error } }: MessageEvent<WorkerAnswer>) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (results) asked?.resolve(results);
    else asked?.reject(new Error(error));
  };
  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  worker.onerror = ({ message }) => fail(message || 'the worker cannot be loaded');
  try {
    await ask({ open: forecaster }, [forecaster.buffer as ArrayBuffer]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    // What the graph is fed is the contract of `shared/forecast`; nobody asks here.
    inputs: [],
    outputs: ['quantiles', 'mean'],
    run: async (feeds) => ({ ...(await ask({ feeds })) }),
    async release() {
      worker.terminate();
      fail('the model was closed');
    },
  };
}
