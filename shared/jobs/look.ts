import { CheckpointError } from '../train/index.ts';

/** What a member forecast for the windows to choose by, after so many steps. */
export interface Look {
  /** The averaged parameters then. */
  readonly parameters: Float32Array;
  /** `[window, horizon, series of the window, level]` as z, and what came: `[window, horizon, series]`. */
  readonly quantiles: Float32Array;
  readonly targets: Float32Array;
}

const order = ['parameters', 'quantiles', 'targets'] as const;

/** As bytes: three counts, uint32, then the numbers, all little-endian. */
export function encodeLook(look: Look): Uint8Array {
  const counts = Uint32Array.from(order, (name) => look[name].length);
  const parts = [counts, ...order.map((name) => look[name])];
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** @throws CheckpointError where bytes are missing */
export function decodeLook(bytes: Uint8Array): Look {
  const { buffer } = Uint8Array.from(bytes);
  const counts = [...new Uint32Array(buffer, 0, order.length)];
  let at = 4 * order.length;
  const vectors = counts.map((count) => {
    const vector =
      at + 4 * count <= buffer.byteLength ? new Float32Array(buffer, at, count) : new Float32Array();
    at += 4 * count;
    return vector;
  });
  if (at !== buffer.byteLength) {
    throw new CheckpointError({
      rule: `a look must have the ${at} bytes that it announces`,
      received: String(buffer.byteLength),
      remedy: 'remove the job’s run and start it again',
    });
  }
  const [parameters, quantiles, targets] = vectors as [Float32Array, Float32Array, Float32Array];
  return { parameters, quantiles, targets };
}

const fewest = [20, 30, 45, 65, 100, 150, 220, 330, 500, 800];

/** The numbers of steps at which members are looked at: about half as many again each time, and the last. */
export function lookSteps(most: number): readonly number[] {
  const steps = [...fewest];
  for (let next = 1200; next < most; next *= 1.5) steps.push(Math.round(next / 50) * 50);
  return [...steps.filter((step) => step < most), most];
}

/**
 * Twice the pinball loss of the members' mean, averaged over what was observed.
 *
 * @param looks of all members after the same steps
 */
export function ensembleScore(looks: readonly Look[], levels: readonly number[]): number {
  const [one] = looks;
  if (!one) return Number.NaN;
  const mean = one.quantiles.map(
    (_, i) => looks.reduce((sum, { quantiles }) => sum + (quantiles[i] ?? 0), 0) / looks.length,
  );
  let [sum, count] = [0, 0];
  one.targets.forEach((actual, i) => {
    if (Number.isNaN(actual)) return;
    const row = mean.subarray(i * levels.length, (i + 1) * levels.length).sort();
    levels.forEach((level, j) => {
      const error = actual - (row[j] ?? Number.NaN);
      sum += 2 * Math.max(level * error, (level - 1) * error);
      count++;
    });
  });
  return sum / count;
}
