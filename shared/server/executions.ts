import type { Executions, StepError } from '../start/index.ts';
import { programQueue } from './queue.ts';

interface Execution {
  readonly dataset: string;
  readonly job: string;
}

export interface LocalExecutions extends Executions {
  /** Stops what runs at its next checkpoint, and waits for it; what waits for its turn is left. */
  close(): Promise<void>;
}

export interface LocalExecutionsOptions {
  /** The folder of the store. */
  readonly root: string;
  /** Members that train at the same time. */
  readonly processes: number;
  /** Hears of each execution that has ended by itself, with what went wrong. */
  readonly onEnd: (execution: Execution, error: StepError | undefined) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Jobs of this machine in child processes, one after the other: the place of the state machine. As there, a name is
 * used once, and beginning what runs or waits changes nothing.
 */
export function localExecutions({
  root,
  processes,
  onEnd,
  onError,
}: LocalExecutionsOptions): LocalExecutions {
  const begun = new Map<string, 'running' | 'over'>();
  const queue = programQueue<Execution & { readonly name: string }>({
    program: new URL('./execution.ts', import.meta.url),
    argumentsOf: ({ dataset, job }) => [root, dataset, job, String(processes)],
    async onEnd({ name, dataset, job }, error) {
      begun.set(name, 'over');
      await onEnd({ dataset, job }, error);
    },
    onError,
  });
  return {
    async start(name, execution) {
      if (begun.get(name) === 'over') return false;
      if (!begun.has(name)) {
        begun.set(name, 'running');
        queue.add({ name, ...execution });
      }
      return true;
    },
    state: async (name) => begun.get(name) ?? 'none',
    close: () => queue.close(),
  };
}
