import { drawParameters, type ForecasterSettings, memberLayout } from '../model/index.ts';
import { adam, type Engine, type FitTask, memberTraining } from '../train/index.ts';
import { type Chunk, firstSteps } from './chunks.ts';
import { cropTensors } from './crops.ts';
import type { Features } from './features.ts';
import { batchSize } from './rules.ts';

export interface MemberFit {
  readonly settings: ForecasterSettings;
  /** Which of the members. */
  readonly index: number;
  /** What it is trained on, and the rows of that. */
  readonly chunks: readonly Chunk[];
  readonly features: Features;
  readonly engine: Engine;
  readonly steps: number;
  /** Steps over which the learning rate rises. */
  readonly warmup: number;
  /** Where it starts; drawn by the member's seed where there is nothing to start from. */
  readonly parameters?: Float32Array | undefined;
}

const rate = 4e-3;

/** How a member is fitted (RECIPE, "Optimiser"): batches of crops that begin anywhere in their chunk. */
export function memberFit({
  settings,
  index,
  chunks,
  features,
  engine,
  steps,
  warmup,
  parameters,
}: MemberFit): Omit<FitTask, 'validation'> {
  const member = settings.members[index];
  if (!member) throw new RangeError(`there is no member ${index}`);
  const copies = Math.max(1, Math.ceil(batchSize / chunks.length));
  return {
    engine,
    graph: memberTraining(settings, member),
    parameters: parameters ?? drawParameters(memberLayout(settings, member), member.seed),
    examples: chunks.length * copies,
    settings: {
      steps,
      batchSize,
      seed: member.seed,
      optimiser: { ...adam, secondDecay: 0.99, weightDecay: 1e-4, clipNorm: 1, averageDecay: 0.99 },
      schedule: { kind: 'constant', rate, warmup: Math.min(warmup / steps, 0.99) },
    },
    async batch(examples, random) {
      const crops = Array.from(examples, (example) => {
        const at = example % chunks.length;
        const chunk = chunks[at] as Chunk;
        const { from, to } = firstSteps(settings, chunk);
        return { chunk, at, first: to - random.below(to - from + 1) };
      });
      const cut = await Promise.all(
        crops.map(async (crop) => ({ ...crop, features: await features.of(crop.at) })),
      );
      return cropTensors(settings, member, cut);
    },
  };
}
