import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, listJobs, readJob, readLatest, updateJob } from '../../shared/documents/index.ts';
import { type Executions, type StartContext, settle, startDataset } from '../../shared/start/index.ts';
import { fileStore, keys, type ObjectStore } from '../../shared/store/index.ts';

export interface FakeExecutions extends Executions {
  /** Names in the order in which they began. */
  readonly began: string[];
  /** Of those that began: whether they still run. */
  readonly running: Map<string, boolean>;
}

/** What Step Functions promises: a name is used once, and beginning what runs changes nothing. */
export function fakeExecutions(): FakeExecutions {
  const began: string[] = [];
  const running = new Map<string, boolean>();
  return {
    began,
    running,
    async start(name) {
      if (running.get(name) === false) return false;
      if (!running.has(name)) began.push(name);
      running.set(name, true);
      return true;
    },
    state: async (name) => (running.has(name) ? (running.get(name) ? 'running' : 'over') : 'none'),
  };
}

const first = Date.UTC(2026, 0, 1);

/** A bucket in a folder, a clock that stands where it is put, and a state machine that only keeps names. */
export function world(root: string, wrap: (store: ObjectStore) => ObjectStore = (store) => store) {
  const files = fileStore(root);
  const store = wrap(files);
  const machine = fakeExecutions();
  let seconds = 0;
  const context: StartContext = {
    store,
    executions: machine,
    quietSeconds: 30,
    clock: () => first + 1000 * seconds,
  };
  const here = {
    ...{ root, store, machine, context },
    /** Moves the clock; forward or back. */
    at: (second: number) => {
      seconds = second;
    },
    async upload(file: string, text = file): Promise<void> {
      await files.put(keys.upload('d', file), Buffer.from(text));
      const time = new Date(context.clock());
      utimesSync(join(root, 'datasets', 'd', file), time, time);
    },
    remove: (file: string) => rmSync(join(root, 'datasets', 'd', file)),
    start: () => startDataset(context, 'd'),
    jobs: async (): Promise<readonly Job[]> => {
      const ids = await listJobs(files, 'd');
      const all = await Promise.all(ids.map((id) => readJob(files, 'd', id)));
      return all.flatMap((job) => (job ? [job] : []));
    },
    latest: async () => {
      const latest = await readLatest(files, 'd');
      return latest && readJob(files, 'd', latest.job);
    },
    /** What a step of the pipeline writes into the document. */
    note: (job: string, change: Partial<Job>) => updateJob(files, 'd', job, () => change),
    /** Settles as the last state of an execution does, and ends it after that. */
    async end(job: string, error?: object, name = job) {
      const settled = await settle(context, { dataset: 'd', job, ...(error && { error }) });
      machine.running.set(name, false);
      return settled;
    },
    /** A job that was uploaded, started and done; the clock is at 100. */
    async done(): Promise<string> {
      await here.upload('a.csv');
      here.at(30);
      const { job = '' } = await here.start();
      await here.note(job, { status: 'done', stage: 'end', version: 'v1' });
      here.at(100);
      await here.end(job);
      return job;
    },
  };
  return here;
}

export type World = ReturnType<typeof world>;
