/** The losses of a fit after one of its steps. */
export interface CurvePoint {
  readonly step: number;
  /** The mean loss of the batches since the point before. */
  readonly training: number;
  /** The score after this step; null where it was not validated, or could not be. */
  readonly validation: number | null;
}

/** The losses of a fit so far, a point for several steps. */
export interface Curve {
  readonly points: readonly CurvePoint[];
  /** Steps since the last point, and the sum of their losses. */
  readonly open: { readonly steps: number; readonly sum: number };
}

export const emptyCurve: Curve = { points: [], open: { steps: 0, sum: 0 } };

/** Points of a fit at most, besides those at which it is validated. */
const mostPoints = 160;

interface Made {
  readonly step: number;
  /** Steps that are planned. */
  readonly steps: number;
  readonly loss: number;
  /** Where it was validated. */
  readonly score?: number | undefined;
}

/**
 * The curve after one more step. Which steps become points follows from the number of planned steps alone: a fit that
 * was interrupted goes on with the curve of one that was not.
 */
export function extended({ points, open }: Curve, { step, steps, loss, score }: Made): Curve {
  const since = { steps: open.steps + 1, sum: open.sum + loss };
  const due = step % Math.ceil(steps / mostPoints) === 0 || step === steps || score !== undefined;
  if (!due) return { points, open: since };
  const validation = score !== undefined && Number.isFinite(score) ? score : null;
  return {
    points: [...points, { step, training: since.sum / since.steps, validation }],
    open: emptyCurve.open,
  };
}
