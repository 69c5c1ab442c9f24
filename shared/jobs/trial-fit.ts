import { knotsOf } from '../model/index.ts';
import { fit, type Trainer } from '../train/index.ts';
import { forecastCrops, lastCrops, meanLook, openJudge, trialWindows } from './choose/index.ts';
import { trainingChunks } from './chunks.ts';
import { openFeatures } from './features.ts';
import { memberFit } from './member-fit.ts';
import { engineOf, type Prepared } from './prepared.ts';

/** Steps after which a trial is judged, by the best: differences show early. */
const trialSteps = [45, 100, 150];
export const mostTrialSteps = Math.max(...trialSteps);

/**
 * Fits the first member before the backtest's origins, for a few steps, and judges it on the older half of the windows.
 *
 * @param looks the steps after which it is judged
 * @returns the loss of its best look; NaN where there is nothing to judge by
 */
export async function trialLoss(
  { plan, settings, series }: Prepared,
  looks: readonly number[] = trialSteps,
): Promise<number> {
  const windows = trialWindows({ settings, series, windows: plan.windows });
  const limits = series.map(({ rows }, i) => plan.windows[i]?.fit ?? rows);
  const chunks = trainingChunks(settings, series, limits);
  if (windows.length === 0 || chunks.length === 0) return Number.NaN;
  const crops = await lastCrops(settings, windows);
  const judge = await openJudge([settings], windows, plan.season);
  const features = await openFeatures(settings, chunks);
  const steps = Math.min(Math.max(...looks), plan.steps);
  const knots = knotsOf(settings.levels).length;
  const all = windows.map((_, i) => i);
  async function score(trainer: Trainer): Promise<number> {
    const quantiles = await forecastCrops(settings, 0, trainer, crops);
    return judge.loss([meanLook([{ parameters: new Float32Array(), quantiles }], knots)], all);
  }
  try {
    const { best } = await fit({
      ...memberFit({
        ...{ settings, index: 0, chunks, features, engine: engineOf(plan.configuration), steps },
        warmup: 0.25 * Math.min(mostTrialSteps, steps),
      }),
      validation: { every: looks, patience: looks.length, score },
    });
    return best.score;
  } finally {
    await features.release();
    await judge.release();
  }
}
