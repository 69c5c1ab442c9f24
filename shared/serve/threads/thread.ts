import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { TidecastError } from '../../errors/index.ts';
import type { Session, Tensor } from '../../graph/index.ts';

/** A session's thread ended, or told of an error. */
export class ThreadError extends TidecastError {
  readonly code = 'THREAD';
}

/** What a session's thread is asked. */
export type ThreadRequest =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly feeds: Readonly<Record<string, Tensor>>;
      readonly outputs?: readonly string[] | undefined;
    }
  | { readonly kind: 'release' };

/** What it answers. */
export type ThreadAnswer =
  | { readonly kind: 'open'; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly kind: 'results'; readonly id: number; readonly results: Record<string, Tensor> }
  | { readonly kind: 'failed'; readonly id: number | null; readonly message: string };

const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './source.mjs' : './program.js', import.meta.url));

interface Asked {
  done(results: Record<string, Tensor>): void;
  failed(error: Error): void;
}

/**
 * Opens a graph in a thread of its own. ONNX Runtime opens and runs on the thread that asks, and blocks it meanwhile:
 * a server's own thread would answer nobody. The thread ends itself when it is released and has done what it was
 * asked before; ended from outside in the middle of a run it would take the process with it.
 *
 * @throws ThreadError where the graph cannot be opened
 */
export async function openThread(bytes: Uint8Array): Promise<Session> {
  const worker = new Worker(program, { workerData: bytes, execArgv: [] });
  const asked = new Map<number, Asked>();
  let ended: ThreadError | null = null;
  const opened = await new Promise<Extract<ThreadAnswer, { kind: 'open' }>>((resolve, reject) => {
    const end = (received: string) => {
      ended = broken(received);
      reject(ended);
      for (const one of asked.values()) one.failed(ended);
      asked.clear();
    };
    worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => end(`a thread that ended with code ${code}`));
    worker.on('message', (answer: ThreadAnswer) => {
      if (answer.kind === 'open') return resolve(answer);
      if (answer.id === null) return reject(broken(answer.kind === 'failed' ? answer.message : ''));
      const one = asked.get(answer.id);
      asked.delete(answer.id);
      if (answer.kind === 'results') one?.done(answer.results);
      else one?.failed(broken(answer.message));
    });
  });
  const send = (request: ThreadRequest) => worker.postMessage(request);
  let runs = 0;
  return {
    inputs: opened.inputs,
    outputs: opened.outputs,
    run: (feeds, outputs) =>
      new Promise((done, failed) => {
        if (ended) return failed(ended);
        const id = runs++;
        asked.set(id, { done, failed });
        send({ kind: 'run', id, feeds, outputs });
      }),
    async release() {
      send({ kind: 'release' });
    },
  };
}

const broken = (received: string): ThreadError =>
  new ThreadError({
    rule: 'the thread of a model must open and run it',
    received,
    remedy: 'see the log; the next request opens the model again',
  });
