import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { trainingChunks } from '../../shared/jobs/chunks.ts';
import { openFeatures } from '../../shared/jobs/features.ts';
import { memberFit } from '../../shared/jobs/member-fit.ts';
import { openMember } from '../../shared/jobs/open-member.ts';
import { memberAt } from '../../shared/jobs/views.ts';
import { fileStore } from '../../shared/store/index.ts';
import * as train from '../../shared/train/index.ts';

/** The losses of a dataset's first member over its first steps, on either engine. @param root of a store with one job of the dataset */
export async function stepByStep(root: string, dataset: string, steps: number) {
  const [job = ''] = readdirSync(join(root, 'runs', dataset));
  const { series, views } = await openMember(fileStore(root), { dataset, job, index: 0 });
  const { settings, at } = memberAt(views, 0);
  const chunks = trainingChunks(
    settings,
    series,
    series.map(({ rows }) => rows),
  );
  const features = await openFeatures(settings, chunks);
  const lossesOn = async (engine: train.Engine): Promise<readonly number[]> => {
    const losses: number[] = [];
    await train.fit({
      ...memberFit({ settings, index: at, chunks, features, engine, steps, warmup: 5 }),
      onProgress: ({ loss }) => losses.push(loss),
    });
    return losses;
  };
  const ours = await lossesOn(train.onnxruntimeEngine());
  const theirs = await lossesOn(train.tensorflowEngine());
  await features.release();
  return { ours, theirs };
}
