import { readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { localExecutions } from '../../shared/server/executions.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('executions');
const { PRIORITY_BELOW_NORMAL } = constants.priority;

/** The processes that a process has begun, as Linux tells. */
const childrenOf = (pid: number | string): string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

/** The priorities of a process's threads, each of which has its own: field 19 of proc_pid_stat(5). */
const prioritiesOf = (pid: string): number[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
  });

(process.platform === 'linux' ? test : test.skip)(
  'a job runs at a lower priority than the server, whose requests come first',
  async () => {
    const before = childrenOf(process.pid);
    const ended: unknown[] = [];
    const executions = localExecutions({
      ...{ root: folder.root(), processes: 1, onError: (error) => ended.push(error) },
      onEnd: async (_, error) => {
        ended.push(error);
      },
    });
    await executions.start('one', { dataset: 'nothing', job: 'one' });
    const [child = ''] = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    let found: number[] = [];
    while (found.length < 5) found = prioritiesOf(child);
    expect(new Set(found)).toEqual(new Set([Math.max(getPriority(), PRIORITY_BELOW_NORMAL)]));
    while (ended.length === 0) await sleep(20);
    await executions.close();
  },
  60_000,
);
