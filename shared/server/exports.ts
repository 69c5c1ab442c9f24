import { listExports, readExport } from '../documents/index.ts';
import { failExport } from '../exports/index.ts';
import { folderNames, keys, type ObjectStore } from '../store/index.ts';
import { programQueue } from './queue.ts';

export interface LocalExports {
  start(dataset: string, id: string): Promise<void>;
  /** Goes on with what was left behind. */
  begin(): Promise<void>;
  /** Stops what is being written behind the items it is at; another server goes on. */
  close(): Promise<void>;
}

interface LocalExportsOptions {
  readonly store: ObjectStore;
  /** The folder of the store. */
  readonly root: string;
  readonly onError: (error: unknown) => void;
}

/** Exports of this machine in child processes, one after the other. */
export function localExports({ store, root, onError }: LocalExportsOptions): LocalExports {
  const queue = programQueue<{ readonly dataset: string; readonly export: string }>({
    program: new URL('./export.ts', import.meta.url),
    argumentsOf: (task) => [root, task.dataset, task.export],
    async onEnd(task, error) {
      if (!error) return;
      onError(new Error(`export ${task.export}: ${error.Cause ?? error.Error}`));
      const told = { code: 'INTERNAL', message: error.Error ?? 'unknown', remedy: 'begin another export' };
      await failExport(store, task, told, new Date());
    },
    onError,
  });
  return {
    async start(dataset, id) {
      queue.add({ dataset, export: id });
    },
    async begin() {
      for await (const dataset of folderNames(store, keys.allExports)) {
        for (const id of await listExports(store, dataset)) {
          const found = await readExport(store, dataset, id);
          if (found?.status === 'running') queue.add({ dataset, export: id });
        }
      }
    },
    close: () => queue.close(),
  };
}
