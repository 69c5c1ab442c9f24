import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jobSchema } from '../../shared/documents/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { decodeCheckpoint } from '../../shared/train/index.ts';
import { contentOf, hourlyTable, scratch } from '../support/job.ts';

const kills = 10;
const runner = fileURLToPath(new URL('runner.ts', import.meta.url));
const folder = scratch('kill');
const table = folder.table(hourlyTable());

interface Life {
  /** Its last words about its progress. */
  readonly progress: string;
  /** From the beginning of the job. */
  readonly milliseconds: number;
  /** Exit code; null where it was killed. */
  readonly code: number | null;
  readonly complaint: string;
}

/** Runs the job, and kills it and its workers so many milliseconds `after` its beginning where it is still there. */
async function live(root: string, after = Number.POSITIVE_INFINITY): Promise<Life> {
  // Detached: it leads a process group of its own, with its workers in it.
  const child = spawn(process.execPath, ['--import', 'tsx', runner, root, table], { detached: true });
  let progress = '';
  let complaint = '';
  child.stdout.on('data', (bytes: Buffer) => {
    progress = bytes.toString().trim().split('\n').at(-1) ?? progress;
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const over = new AbortController();
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  void closed.then(() => over.abort());
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const begun = performance.now();
  if (Number.isFinite(after)) {
    const due = await sleep(after, true, { signal: over.signal }).catch(() => false);
    if (due && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }
  const code = await closed;
  return { progress, code, complaint, milliseconds: performance.now() - begun };
}

/** The checkpoints that a killed job left, with their steps. */
function checkpoints(root: string): string {
  const found = existsSync(join(root, 'runs'))
    ? readdirSync(join(root, 'runs'), { recursive: true, encoding: 'utf8' })
    : [];
  return found
    .flatMap((file) => {
      const [, member, phase] = /members\/(\d+)\/(\w+)\.checkpoint$/.exec(file) ?? [];
      if (!member) return [];
      const { state } = decodeCheckpoint(readFileSync(join(root, 'runs', file)));
      return [`member ${member} ${phase} ${state.step}`];
    })
    .sort()
    .join(', ');
}

/** As the store tells it: a process killed after its job's last write leaves nothing for the next one to say. */
function statusOf(root: string): string {
  const folder = join(root, 'jobs', 'small');
  const [job = ''] = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'latest.json');
  return jobSchema.parse(JSON.parse(readFileSync(join(folder, job), 'utf8'))).status;
}

const models = (root: string) => contentOf(join(root, 'models'));

const described = (kill: number, job: number, after: number, { progress }: Life, root: string): string =>
  `kill ${kill} of job ${job} after ${Math.round(after)} ms: ${progress}; on disk: ${checkpoints(root) || 'no checkpoint'}`;

test('after ten kills at random moments, each followed by a resume, the bundle is that of an undisturbed run', async () => {
  const undisturbed = folder.root();
  const calm = await live(undisturbed);
  expect(calm).toMatchObject({ code: 0, complaint: '', progress: 'end' });
  const expected = models(undisturbed);
  expect(Object.keys(expected).map((file) => file.replace(/^.*\//, ''))).toEqual(
    expect.arrayContaining(['bundle.json', 'current.json', 'forecaster.onnx', 'report.json']),
  );

  const random = createRandom(20_261_123);
  for (let i = 0; i < 16; i++) random.uniform(); // a small seed's first numbers are far from random
  const said = [`undisturbed: ${Math.round(calm.milliseconds)} ms`];
  let killed = 0;
  // A job that ends before its next kill is compared, and another one takes the kills that are left.
  for (let job = 1; killed < kills; job++) {
    const root = folder.root();
    let end: Life | null = null;
    while (!end) {
      const after = killed < kills ? random.uniform() * calm.milliseconds : Number.POSITIVE_INFINITY;
      const life = await live(root, after);
      if (life.code === null) said.push(described(++killed, job, after, life, root));
      else end = life;
    }
    said.push(`job ${job} ends`);
    expect({ ...end, status: statusOf(root) }).toMatchObject({ code: 0, complaint: '', status: 'done' });
    expect(models(root)).toEqual(expected);
  }
  console.log(said.join('\n'));
}, 180_000);
