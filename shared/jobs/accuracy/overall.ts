import type { StoredAccuracy } from '../../bundle/index.ts';
import type { OverallAccuracy } from '../../evaluate/index.ts';
import { jsonBytes } from '../../store/index.ts';
import { numberOrNull } from './stored.ts';

/** `accuracy.json` */
export function overallBytes(
  { steps, calibration, residuals }: OverallAccuracy,
  rest: Pick<StoredAccuracy, 'items' | 'shards' | 'intervals' | 'worst'>,
): Uint8Array {
  const { count, histogram } = residuals;
  const accuracy = {
    formatVersion: 1 as const,
    ...rest,
    steps: steps.map(({ step, mae, baselineMae, wql, coverage }) => ({
      step,
      mae: numberOrNull(mae),
      baselineMae: numberOrNull(baselineMae),
      wql: numberOrNull(wql),
      coverage: coverage.map(({ interval, share }) => ({ interval, share: numberOrNull(share) })),
    })),
    calibration: calibration.map(({ level, share }) => ({ level, share: numberOrNull(share) })),
    residuals: {
      count,
      mean: numberOrNull(residuals.mean),
      deviation: numberOrNull(residuals.deviation),
      autocorrelation: residuals.autocorrelation.map(({ lag, value }) => ({
        lag,
        value: numberOrNull(value),
      })),
      bound: numberOrNull(residuals.bound),
      histogram: histogram.map(({ from, to, count: size }) => ({ from, to, count: size })),
    },
  } satisfies StoredAccuracy;
  return jsonBytes(accuracy);
}
