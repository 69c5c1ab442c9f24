import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants, getPriority, setPriority } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { StepError } from '../start/index.ts';

export interface Queue<T> {
  /** Has a task carried out when those before it have ended. */
  add(task: T): void;
  /** Stops what runs, and waits for it; what waits for its turn is left. */
  close(): Promise<void>;
}

export interface QueueOptions<T> {
  /** The program, as `new URL('./execution.ts', import.meta.url)`: from the source, or what it was built to. */
  readonly program: URL;
  readonly argumentsOf: (task: T) => readonly string[];
  /** Hears of each task that has ended by itself, with what went wrong. */
  readonly onEnd: (task: T, error: StepError | undefined) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** How long a program has to come to its next checkpoint, in milliseconds. */
const patience = 10_000;
const isSource = import.meta.url.endsWith('.ts');
const loader = () => ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];

/** Tasks in child processes of this machine, one after the other. A program complains by standard error and exit code. */
export function programQueue<T>({ program, argumentsOf, onEnd, onError }: QueueOptions<T>): Queue<T> {
  const path = fileURLToPath(program);
  const waiting: T[] = [];
  let child: ChildProcess | null = null;
  let closed = false;
  let working: Promise<void> = Promise.resolve();
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    for (let task = waiting.shift(); task !== undefined && !closed; task = waiting.shift()) {
      child = fork(isSource ? path : path.replace(/\.ts$/, '.js'), [...argumentsOf(task)], {
        execArgv: isSource ? loader() : [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      stepBack(child);
      const error = await ended(child);
      child = null;
      if (!closed) await onEnd(task, error).catch(onError);
    }
    busy = false;
  }

  return {
    add(task) {
      waiting.push(task);
      if (!busy) working = work().catch(onError);
    },
    async close() {
      closed = true;
      waiting.length = 0;
      const last = child;
      last?.kill('SIGTERM');
      // What was done since the last checkpoint is done again: nothing that was stored is lost.
      const late = setTimeout(() => last?.kill('SIGKILL'), patience);
      await working;
      clearTimeout(late);
    },
  };
}

/**
 * Lets requests go before tasks. From here, at once: a process's threads and children have the priority that it had
 * when they were made.
 */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined)
      setPriority(pid, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It is carried out all the same: the process is gone by now, or nobody may change priorities here.
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
