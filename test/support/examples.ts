import { type Chunk, firstSteps, type Series, trainingChunks } from '../../shared/jobs/chunks.ts';
import { type Crop, cropTensors } from '../../shared/jobs/crops.ts';
import { openFeatures } from '../../shared/jobs/features.ts';
import type { ForecasterSettings, MemberSettings } from '../../shared/model/index.ts';
import { drawParameters, memberLayout } from '../../shared/model/index.ts';
import { createRandom, type Random } from '../../shared/random/index.ts';
import * as train from '../../shared/train/index.ts';
import { adam, memberTraining, onnxruntimeEngine, type Tensors } from '../../shared/train/index.ts';

/** A series as a job has it; rows are channels side by side. */
export const seriesOfRows = (
  rows: readonly (readonly number[])[],
  start = 0,
  covariates: Partial<Series> = {},
): Series => ({
  item: 'a',
  start,
  rows: rows.length,
  target: Float64Array.from(rows.flat()),
  known: new Float64Array(),
  past: new Float64Array(),
  statics: {},
  ...covariates,
});

/** The features of chunks, each a copy. */
export async function featuresOf(
  settings: ForecasterSettings,
  chunks: readonly Chunk[],
): Promise<readonly Float32Array[]> {
  const features = await openFeatures(settings, chunks);
  const all = await Promise.all(chunks.map(async (_, i) => (await features.of(i)).slice()));
  await features.release();
  return all;
}

/** Training examples drawn from series, as a job draws them. */
export async function exampleSource(
  settings: ForecasterSettings,
  member: MemberSettings,
  series: readonly Series[],
): Promise<(count: number, random: Random) => Tensors> {
  const chunks = trainingChunks(
    settings,
    series,
    series.map(({ rows }) => rows),
  );
  const features = await featuresOf(settings, chunks);
  return (count, random) =>
    cropTensors(
      settings,
      member,
      Array.from({ length: count }, (): Crop => {
        const at = random.below(chunks.length);
        const chunk = chunks[at] as Chunk;
        const { from, to } = firstSteps(settings, chunk);
        return { chunk, features: features[at] as Float32Array, first: from + random.below(to - from + 1) };
      }),
    );
}

/** Trains a member on series for some steps as a job does; what it learned and the losses on the way. */
export async function trainOn(
  settings: ForecasterSettings,
  member: MemberSettings,
  series: readonly Series[],
  steps: number,
  rate = 4e-3,
): Promise<{ readonly parameters: Float32Array; readonly losses: readonly number[] }> {
  const losses: number[] = [];
  const draw = await exampleSource(settings, member, series);
  const random = createRandom(member.seed);
  const { checkpoint } = await train.fit({
    engine: onnxruntimeEngine(),
    graph: memberTraining(settings, member),
    parameters: drawParameters(memberLayout(settings, member), member.seed),
    examples: 16,
    settings: {
      steps,
      batchSize: 16,
      seed: member.seed,
      optimiser: { ...adam, secondDecay: 0.99, weightDecay: 1e-4, clipNorm: 1, averageDecay: 0.99 },
      schedule: { kind: 'constant', rate, warmup: 0.05 },
    },
    batch: () => draw(16, random),
    onProgress: ({ loss }) => losses.push(loss),
  });
  return { parameters: checkpoint.state.average, losses };
}
