import type { Job } from '../../shared/documents/index.ts';
import { say } from './output.ts';

/** Seconds between two plain lines. */
const pause = 5;

/** Progress on standard error: one line that is written over on a terminal, else a plain line now and then. */
export function showProgress(): (job: Job) => void {
  const began = performance.now();
  const terminal = process.stderr.isTTY;
  let stage = '';
  let last = 0;
  return (job) => {
    const seconds = (performance.now() - began) / 1000;
    const changed = job.stage !== stage;
    if (!changed && !terminal && seconds - last < pause) return;
    stage = job.stage;
    last = seconds;
    const text = describe(job, seconds);
    if (terminal) process.stderr.write(`\r\u001b[K${text}${job.status === 'running' ? '' : '\n'}`);
    else say(text);
  };
}

function describe({ stage, status, members }: Job, seconds: number): string {
  if (stage !== 'train' || status !== 'running')
    return `${status === 'running' ? stage : status}  ${seconds.toFixed(0)} s`;
  const shares = members.map(share);
  const all = shares.reduce((sum, one) => sum + one, 0) / Math.max(members.length, 1);
  const left = all > 0.02 ? `, about ${Math.ceil((seconds / all) * (1 - all))} s left` : '';
  const losses = members.map(({ loss, phase }) =>
    phase === 'done' ? 'done' : (loss?.toFixed(3) ?? 'waiting'),
  );
  return `train  ${bar(all)} ${Math.round(100 * all)} %  loss ${losses.join(' ')}${left}`;
}

/** Both fits weigh the same; the first usually stops early. */
function share({ phase, step, steps }: Job['members'][number]): number {
  if (phase === 'done') return 1;
  const part = steps > 0 ? step / steps / 2 : 0;
  return phase === 'refit' ? 0.5 + part : phase === 'choose' ? part : 0;
}

const width = 24;
const bar = (part: number): string => '█'.repeat(Math.round(part * width)).padEnd(width, '░');
