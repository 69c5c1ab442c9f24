import { type StartContext, settle, startDataset } from '../start/index.ts';
import { datasetOf, folderNames, keys, type StreamStore } from '../store/index.ts';
import { localExecutions } from './executions.ts';

export interface TrainingOptions {
  readonly store: StreamStore;
  readonly root: string;
  readonly processes: number;
  /** How long uploads must have come to rest. */
  readonly quietSeconds: number;
  readonly onError: (error: unknown) => void;
}

export interface Training {
  /** What begins jobs: for who wants one although nothing has changed. */
  readonly context: StartContext;
  /** The store, whose datasets are looked at when somebody has written into them. */
  readonly store: StreamStore;
  /** Begins what was left behind, and what was put there meanwhile. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Trains what is uploaded, by the rules by which the cloud does: see shared/start. */
export function localTraining({ store, root, processes, quietSeconds, onError }: TrainingOptions): Training {
  const executions = localExecutions({
    ...{ root, processes, onError },
    onEnd: async (execution, error) => {
      await settle(context, { ...execution, ...(error && { error }) });
    },
  });
  const context: StartContext = { store, executions, quietSeconds, clock: Date.now };
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  async function look(dataset: string): Promise<void> {
    const { kind } = await startDataset(context, dataset);
    if (kind === 'young' || kind === 'lost') lookLater(dataset);
  }

  function lookLater(dataset: string): void {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      look(dataset).catch(onError);
    }, 1000 * quietSeconds);
    timers.add(timer);
  }

  function written(key: string): void {
    const dataset = datasetOf(key);
    if (dataset) lookLater(dataset);
  }

  return {
    context,
    store: {
      ...store,
      async put(key, ...more) {
        const etag = await store.put(key, ...more);
        written(key);
        return etag;
      },
      async putStream(key, ...more) {
        const etag = await store.putStream(key, ...more);
        written(key);
        return etag;
      },
      async copy(from, to) {
        const isThere = await store.copy(from, to);
        if (isThere) written(to);
        return isThere;
      },
    },
    async begin() {
      for await (const dataset of folderNames(store, keys.allDatasets)) await look(dataset).catch(onError);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await executions.close();
    },
  };
}
