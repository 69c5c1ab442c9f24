import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants, getPriority, setPriority } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Executions, StepError } from '../start/index.ts';

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

/** How long a job has to come to its next checkpoint, in milliseconds. */
const patience = 10_000;
const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './execution.ts' : './execution.js', import.meta.url));
const loader = () => ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];

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
  const waiting: { readonly name: string; readonly execution: Execution }[] = [];
  let child: ChildProcess | null = null;
  let closed = false;
  let working: Promise<void> = Promise.resolve();
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    for (let next = waiting.shift(); next && !closed; next = waiting.shift()) {
      const { name, execution } = next;
      const { dataset, job } = execution;
      child = fork(program, [root, dataset, job, String(processes)], {
        execArgv: isSource ? loader() : [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      stepBack(child);
      const error = await ended(child);
      child = null;
      begun.set(name, 'over');
      if (!closed) await onEnd(execution, error).catch(onError);
    }
    busy = false;
  }

  return {
    async start(name, execution) {
      if (begun.get(name) === 'over') return false;
      if (!begun.has(name)) {
        begun.set(name, 'running');
        waiting.push({ name, execution });
        if (!busy) working = work().catch(onError);
      }
      return true;
    },
    state: async (name) => begun.get(name) ?? 'none',
    async close() {
      closed = true;
      waiting.length = 0;
      const last = child;
      last?.kill('SIGTERM');
      // What was planned so far is planned again: nothing that was stored is lost.
      const late = setTimeout(() => last?.kill('SIGKILL'), patience);
      await working;
      clearTimeout(late);
    },
  };
}

/**
 * Lets requests go before training. From here, at once: a process's threads and children have the priority that it had
 * when they were made.
 */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined)
      setPriority(pid, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It trains all the same: the process is gone by now, or nobody may change priorities here.
  }
}

/** Waits for a process to end; what it complained of, or how it was killed, where it did not end well. */
function ended(child: ChildProcess): Promise<StepError | undefined> {
  let complaint = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes}`.slice(-4000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ Error: error.name, Cause: error.message }));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : { Error: `exit ${code ?? signal}`, Cause: complaint.trim() }),
    );
  });
}
