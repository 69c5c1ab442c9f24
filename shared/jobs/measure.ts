import { budgetOf } from '../documents/index.ts';
import { drawParameters, memberLayout } from '../model/index.ts';
import { adam, memberTraining, startState } from '../train/index.ts';
import { type Chunk, firstSteps, trainingChunks } from './chunks.ts';
import { cropTensors, meanChange } from './crops.ts';
import { openFeatures } from './features.ts';
import { engineOf, type Prepared } from './prepared.ts';
import { batchSize } from './rules.ts';

/** Chunks that are looked at: enough for a mean over all the data. */
const sampled = 1024;

const allChunks = ({ settings, series }: Prepared): readonly Chunk[] =>
  trainingChunks(
    settings,
    series,
    series.map(({ rows }) => rows),
  );

/** The mean absolute change of the transformed series from one period to the next, over all the data. */
export async function unitOf(prepared: Prepared): Promise<number> {
  const { settings } = prepared;
  const all = allChunks(prepared);
  const every = Math.max(1, all.length / sampled);
  const chunks = Array.from(
    { length: Math.min(all.length, sampled) },
    (_, i) => all[Math.floor(i * every)] as Chunk,
  );
  const features = await openFeatures(settings, chunks);
  let [sum, count] = [0, 0];
  for (const [i, chunk] of chunks.entries()) {
    const own = meanChange(settings, chunk, await features.of(i));
    sum += own.mean * own.count;
    count += own.count;
  }
  await features.release();
  return Math.max(sum / Math.max(count, 1), 1e-4);
}

const [fewest, most] = [20, 20_000];
/** Steps that are timed, after one that warms up. */
const timed = 4;

/** The steps of a member: as said, or as many as fit the seconds on this machine, both fits and validation together. */
export async function stepsOf(prepared: Prepared): Promise<number> {
  const { settings, plan } = prepared;
  const budget = budgetOf(plan.configuration);
  if ('steps' in budget) return budget.steps;
  const [member] = settings.members;
  if (!member) throw new RangeError('there is at least one member');
  const chunks = allChunks(prepared).slice(0, batchSize);
  const features = await openFeatures(settings, chunks);
  const crops = await Promise.all(
    chunks.map(async (chunk, i) => ({
      chunk,
      features: (await features.of(i)).slice(),
      first: firstSteps(settings, chunk).to,
    })),
  );
  await features.release();
  const batch = cropTensors(
    settings,
    member,
    Array.from({ length: batchSize }, (_, i) => crops[i % crops.length] as (typeof crops)[number]),
  );
  const trainer = await engineOf(plan.configuration).createTrainer(
    memberTraining(settings, member),
    adam,
    startState(drawParameters(memberLayout(settings, member), member.seed)),
  );
  await trainer.step(batch, 1e-3);
  const before = performance.now();
  for (let i = 0; i < timed; i++) await trainer.step(batch, 1e-3);
  const secondsPerStep = (performance.now() - before) / 1000 / timed;
  await trainer.release();
  // Both fits take the steps once each; a quarter more goes into validation and the backtest.
  return Math.min(Math.max(Math.floor(budget.seconds / secondsPerStep / 2.5), fewest), most);
}
