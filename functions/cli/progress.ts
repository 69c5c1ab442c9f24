import type { Job } from '../../shared/documents/index.ts';
import { say } from './output.ts';

/** Seconds between two plain lines. */
const pause = 5;

/** Progress on standard error: one line that is written over on a terminal, else a plain line now and then. */
export function showProgress(): (job: Job) => void {
  const began = performance.now();
  const terminal = process.stderr.isTTY;
  const describe = describer();
  let stage = '';
  let last = 0;
  return (job) => {
    const seconds = (performance.now() - began) / 1000;
    const text = describe(job, seconds);
    const changed = job.stage !== stage;
    if (!changed && !terminal && seconds - last < pause) return;
    stage = job.stage;
    last = seconds;
    if (terminal) process.stderr.write(`\r\u001b[K${text}${job.status === 'running' ? '' : '\n'}`);
    else say(text);
  };
}

/** Less of the training than this tells nothing about the rest. */
const telling = 0.02;

/** Says where a job is, given the seconds since this run began. */
export function describer(): (job: Job, seconds: number) => string {
  /** Where training was when this run first saw it: an earlier run's part says nothing about this one's pace. */
  let first: { readonly share: number; readonly seconds: number } | null = null;
  return ({ stage, status, members }, seconds) => {
    if (stage !== 'train' || status !== 'running')
      return `${status === 'running' ? stage : status}  ${seconds.toFixed(0)} s`;
    const all = members.map(share).reduce((sum, one) => sum + one, 0) / Math.max(members.length, 1);
    first ??= { share: all, seconds };
    const made = all - first.share;
    const left =
      made > telling ? `, about ${Math.round(((seconds - first.seconds) / made) * (1 - all))} s left` : '';
    const losses = members.map(({ loss, phase }) =>
      phase === 'done' ? 'done' : (loss?.toFixed(3) ?? 'waiting'),
    );
    return `train  ${bar(all)} ${Math.round(100 * all)} %  loss ${losses.join(' ')}${left}`;
  };
}

/** Both fits weigh the same; the first usually stops early. */
function share({ phase, step, steps }: Job['members'][number]): number {
  if (phase === 'done') return 1;
  const part = steps > 0 ? step / steps / 2 : 0;
  return phase === 'refit' ? 0.5 + part : phase === 'choose' ? part : 0;
}

const width = 24;
const bar = (part: number): string => '█'.repeat(Math.round(part * width)).padEnd(width, '░');
