import { CheckpointError } from '../../train/index.ts';

/** What a member forecast for the windows to choose by, after so many steps. */
export interface Look {
  /** The averaged parameters then. */
  readonly parameters: Float32Array;
  /** `[window, series of the window, horizon, knot]` as z. */
  readonly quantiles: Float32Array;
}

const order = ['parameters', 'quantiles'] as const;

/** As bytes: two counts, uint32, then the numbers, all little-endian. */
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
  const [parameters, quantiles] = vectors as [Float32Array, Float32Array];
  return { parameters, quantiles };
}

const fewest = [20, 30, 45, 65, 100, 150, 220, 330, 500, 800];

/** The numbers of steps at which members are looked at: about half as many again each time, and the last. */
export function lookSteps(most: number): readonly number[] {
  const steps = [...fewest];
  for (let next = 1200; next < most; next *= 1.5) steps.push(Math.round(next / 50) * 50);
  return [...steps.filter((step) => step < most), most];
}

/** The members' mean, knots in rising order. @param looks of all members after the same steps */
export function meanLook(looks: readonly Look[], knots: number): Float32Array {
  const [one] = looks;
  if (!one) throw new RangeError('there is at least one member');
  const mean = one.quantiles.map(
    (_, i) => looks.reduce((sum, { quantiles }) => sum + (quantiles[i] ?? 0), 0) / looks.length,
  );
  for (let from = 0; from < mean.length; from += knots) mean.subarray(from, from + knots).sort();
  return mean;
}
