import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { readBundle } from '../../shared/bundle/index.ts';
import type { ConfigurationInput, Phase } from '../../shared/documents/index.ts';
import {
  decodeParameters,
  loadPrepared,
  type MemberTask,
  runJob,
  trainMember,
} from '../../shared/jobs/index.ts';
import { readStart } from '../../shared/jobs/warm-start.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { onnxruntimeEngine } from '../../shared/train/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { contentOf, hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('warm');
/** Long enough that another half a day changes no network's shape. */
const older = folder.table(hourlyTable({ items: 2, hours: 400 }));
const newer = folder.table(hourlyTable({ items: 2, hours: 412 }));
const hour = Date.UTC(2024, 0, 1) / 3_600_000;
const root = folder.root();

const run = async (at: string, table: string, more: ConfigurationInput = {}) => {
  const { job } = await runJob(smallTask(at, table, { budget: '50steps', ...more }));
  const bundle = await readBundle(fileStore(at), keys.model('small', job.version ?? ''));
  const parameters = decodeParameters(await bundle.file('parameters.bin')) ?? [];
  return { job, parameters, description: bundle.description };
};

let first: Awaited<ReturnType<typeof run>>;
let second: Awaited<ReturnType<typeof run>>;
let afterFirst: string;

beforeAll(async () => {
  first = await run(root, older);
  afterFirst = folder.root();
  cpSync(root, afterFirst, { recursive: true });
  second = await run(root, newer);
}, 60_000);

test('a first version has no parent, and says what its fit before the origins has seen', () => {
  expect(first.job.inputs.parent).toBeNull();
  expect(first.description.parent).toBeUndefined();
  // 400 hours end with eight windows of twelve.
  expect(first.description.data.fitPeriod).toBe(hour + 400 - 96 - 1);
  expect(first.parameters).toHaveLength(2);
});

test("a second version starts from the weights of the first's fit before its origins", async () => {
  expect(second.job.inputs.parent).toBe(first.job.version);
  expect(second.description.parent).toBe(first.job.version);
  const store = fileStore(root);
  for (const index of [0, 1]) {
    const { plan } = await loadPrepared(store, 'small', second.job.job);
    expect(await readStart(store, plan, index)).toEqual(first.parameters[index]?.before);
  }
});

test('what it has learned before lowers the loss of the first step, and the second fit goes on from the first', async () => {
  const store = fileStore(root);
  const prepared = await loadPrepared(store, 'small', second.job.job);
  const losses = async (index: number, start: MemberTask['start']) => {
    const found: number[] = [];
    const own = memoryStore().store;
    const fitted = (k: number, phase: Phase) =>
      trainMember(
        {
          ...prepared,
          store: own,
          ...{ dataset: 'small', job: second.job.job, season: prepared.plan.season },
          key: (member, file) => `${member}/${file}`,
          index: k,
          steps: 1,
          windows: prepared.plan.windows,
          start: start ?? null,
          engine: onnxruntimeEngine(1),
          onProgress: ({ loss }) => k === index && found.push(loss),
        },
        phase,
      );
    // The second fit goes on from what all members did in the first.
    for (const k of [0, 1]) await fitted(k, 'choose');
    await fitted(index, 'refit');
    const [choose = Number.NaN, refit = Number.NaN] = found;
    return { choose, refit };
  };
  const start = await readStart(store, prepared.plan, 0);
  if (!start) throw new Error('it starts from its parent');
  const [warm, cold] = [await losses(0, start), await losses(0, null)];
  expect(warm.choose).toBeLessThan(0.9 * cold.choose);
  expect(warm.refit).toBeLessThan(0.9 * cold.refit);
}, 60_000);

test('a job on the same data without a parent ends elsewhere', async () => {
  const fresh = await run(folder.root(), newer);
  expect(fresh.description.parent).toBeUndefined();
  expect(fresh.job.job).not.toBe(second.job.job);
  expect(fresh.job.version).not.toBe(second.job.version);
  expect(fresh.parameters[0]?.layout).toEqual(second.parameters[0]?.layout);
  expect(fresh.parameters[0]?.before).not.toEqual(second.parameters[0]?.before);
}, 60_000);

test('networks of another layout start fresh', async () => {
  const at = folder.root();
  cpSync(afterFirst, at, { recursive: true });
  const after = await run(at, newer, { units: 9 });
  const alone = await run(folder.root(), newer, { units: 9 });
  expect(after.job.inputs.parent).toBe(first.job.version);
  expect(after.description.parent).toBeUndefined();
  expect(after.parameters).toEqual(alone.parameters);
}, 60_000);

test('cancelled in the middle and resumed, a warm start gives the same bundle, byte for byte', async () => {
  const at = folder.root();
  cpSync(afterFirst, at, { recursive: true });
  const stop = new AbortController();
  const cancelled = await runJob({
    ...smallTask(at, newer, { budget: '50steps' }),
    signal: stop.signal,
    onChange: ({ members }) => {
      if (members.some(({ step }) => step >= 25)) stop.abort();
    },
  });
  expect(cancelled.job).toMatchObject({ job: second.job.job, status: 'cancelled' });
  const resumed = await run(at, newer);
  expect(resumed.job.version).toBe(second.job.version);
  expect(contentOf(join(at, 'models'))).toEqual(contentOf(join(root, 'models')));
}, 60_000);
