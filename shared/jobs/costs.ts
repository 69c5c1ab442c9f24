import { drawParameters, knotsOf, memberLayout } from '../model/index.ts';
import { adam, memberTraining, startState, type Trainer } from '../train/index.ts';
import { baselineScores, outcomesOf } from './backtest.ts';
import type { Costs } from './budget.ts';
import { forecastCrops, lastCrops, meanLook, openJudge, trialWindows, windowsOf } from './choose/index.ts';
import { type Chunk, firstSteps, trainingChunks } from './chunks.ts';
import { cropTensors } from './crops.ts';
import { openFeatures } from './features.ts';
import { engineOf, modelShape, type Prepared } from './prepared.ts';
import { batchSize } from './rules.ts';

/** A child process or a Lambda until it has loaded the code and the panel. */
const processStart = 1.2;
/** Exporting and writing the bundle. */
const bundle = 0.5;
/** Times that all windows are judged to choose by: mixtures and looks, by all windows and by each half. */
const judgements = 60;
/** Chunks that are timed; of windows three times as many. */
const sampled = 32;
/** Windows that baselines are timed on: their fits take longest. */
const few = 8;
/** Steps that are timed at most, after one that warms up, and the seconds after which no further one is. */
const timed = { steps: 5, seconds: 0.5 };

async function clocked<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { seconds: (performance.now() - began) / 1000, value };
}

/** The shortest of three runs: the first ones also set up graphs and are not compiled yet. */
async function clockedOften<T>(work: () => Promise<T>): ReturnType<typeof clocked<T>> {
  let best = await clocked(work);
  for (let again = 0; again < 2; again++) {
    const { seconds, value } = await clocked(work);
    best = { seconds: Math.min(seconds, best.seconds), value };
  }
  return best;
}

/**
 * Measures on this machine what the parts of a training cost: a few steps and a few windows of the first member are
 * timed, and the rest is reckoned by how many there are.
 */
export async function measureCosts(prepared: Prepared): Promise<Omit<Costs, 'spent'>> {
  const { settings, series } = prepared;
  const chunks = trainingChunks(
    settings,
    series,
    series.map(({ rows }) => rows),
  );
  const training = await measureSteps(prepared, chunks);
  const looking = await measureLooks(prepared, training.trainer);
  await training.trainer.release();
  const { open, feature, step } = training;
  const fit = open + feature * chunks.length;
  const trialShare = looking.windows > 0 ? looking.trialWindows / looking.windows : 0;
  return {
    step,
    look: looking.look,
    fit: processStart + fit,
    // Features of the training, and of what the unit is measured by; three looks.
    candidate: fit + feature * Math.min(chunks.length, 1024) + 3 * looking.look * trialShare,
    end: bundle + processStart / 2 + judgements * looking.judge + looking.baselines,
  };
}

async function measureSteps({ settings, plan }: Prepared, chunks: readonly Chunk[]) {
  const [member] = settings.members;
  if (!member) throw new RangeError('there is at least one member');
  const opened = await clocked(() => openFeatures(settings, chunks));
  const features = opened.value;
  const first = await clocked(() => features.of(0));
  const next = chunks.length > sampled ? await clocked(() => features.of(sampled)) : first;
  const crops = await Promise.all(
    Array.from({ length: batchSize }, async (_, i) => {
      const at = i % Math.min(chunks.length, batchSize);
      const chunk = chunks[at] as Chunk;
      return { chunk, features: (await features.of(at)).slice(), first: firstSteps(settings, chunk).to };
    }),
  );
  await features.release();
  const created = await clocked(() =>
    engineOf(plan.configuration).createTrainer(
      memberTraining(settings, member),
      adam,
      startState(drawParameters(memberLayout(settings, member), member.seed)),
    ),
  );
  const trainer = created.value;
  const once = () => clocked(() => trainer.step(cropTensors(settings, member, crops), 1e-3));
  const warm = await once();
  const times: number[] = [];
  let sum = 0;
  while (times.length < timed.steps && sum < timed.seconds) {
    const { seconds } = await once();
    times.push(seconds);
    sum += seconds;
  }
  return {
    trainer,
    open: opened.seconds + created.seconds + warm.seconds,
    feature: next.seconds / Math.min(chunks.length, sampled),
    step: sum / times.length,
  };
}

async function measureLooks({ plan, settings, series }: Prepared, trainer: Trainer) {
  const planned = { settings, series, windows: plan.windows };
  const windows = windowsOf(planned).map(({ chunk }) => chunk);
  if (windows.length === 0) return { windows: 0, trialWindows: 0, look: 0, judge: 0, baselines: 0 };
  const some = windows.slice(-3 * sampled);
  const share = windows.length / some.length;
  const crops = await lastCrops(settings, some);
  const forecast = await clockedOften(() => forecastCrops(settings, 0, trainer, crops));
  const judge = await openJudge([settings], some, plan.season);
  const look = { parameters: new Float32Array(), quantiles: forecast.value };
  const looks = [meanLook([look], knotsOf(settings.levels).length)];
  const judged = await clockedOften(() =>
    judge.loss(
      looks,
      some.map((_, i) => i),
    ),
  );
  await judge.release();
  const model = modelShape(settings);
  const outcomes = some
    .slice(-few)
    .flatMap(({ series: one, end }) => outcomesOf({ series: one, origin: end - 1 }, model));
  const baselines = await clockedOften(async () => baselineScores(outcomes, model, plan.season));
  const all = plan.windows.reduce((sum, { calibrate, report }) => sum + calibrate.length + report.length, 0);
  return {
    windows: windows.length,
    trialWindows: trialWindows(planned).length,
    look: share * (forecast.seconds + judged.seconds),
    judge: share * judged.seconds,
    baselines: (baselines.seconds * all) / Math.min(few, some.length),
  };
}
