/** Simple exponential smoothing ℓ_t = ℓ_{t−1} + α·(x_t − ℓ_{t−1}), fitted to a series. */
export interface Smoothing {
  readonly alpha: number;
  /** The level after the last value: the forecast of every coming step. */
  readonly level: number;
  /** Σ of the squared one-step errors within the series. */
  readonly squares: number;
}

const bounds = { low: 1e-4, high: 0.9999 }; // those of R's forecast::ses
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The α and first level with the least squared one-step error, R's `ses(initial = "optimal")`: α by a grid and a
 * golden-section search around its best point; the best first level for an α is a linear least-squares problem
 * with a closed form.
 *
 * @param values [time], at least one, no gaps
 */
export function fitSmoothing(values: Float64Array): Smoothing {
  const at = (alpha: number): Smoothing => smooth(values, alpha);
  const grid = Array.from({ length: 21 }, (_, i) => bounds.low + ((bounds.high - bounds.low) * i) / 20);
  const fits = grid.map(at);
  const best = fits.reduce(
    (least, fit, i) => (fit.squares < (fits[least] as Smoothing).squares ? i : least),
    0,
  );
  return search(
    at,
    grid[Math.max(best - 1, 0)] as number,
    grid[Math.min(best + 1, 20)] as number,
    fits[best] as Smoothing,
  );
}

/** Golden-section search between two α (Kiefer 1953), never worse than where it starts. */
function search(at: (alpha: number) => Smoothing, low: number, high: number, start: Smoothing): Smoothing {
  let [from, to] = [low, high];
  let left = at(to - golden * (to - from));
  let right = at(from + golden * (to - from));
  while (to - from > 1e-6) {
    if (left.squares <= right.squares) {
      to = right.alpha;
      right = left;
      left = at(to - golden * (to - from));
    } else {
      from = left.alpha;
      left = right;
      right = at(from + golden * (to - from));
    }
  }
  return [left, right, start].reduce((least, fit) => (fit.squares < least.squares ? fit : least));
}

/**
 * With first level x_1 + δ the error at t is e_t = a_t − δ·p_t, where a_t is the error for δ = 0 and
 * p_t = (1 − α)^(t−1): Σe² is least at δ = Σa·p / Σp².
 */
function smooth(values: Float64Array, alpha: number): Smoothing {
  const first = values[0] as number; // smoothing the distance from it keeps precision on a large level
  let level = 0;
  let share = 1;
  let aa = 0;
  let ap = 0;
  let pp = 0;
  for (let t = 0; t < values.length; t++) {
    const error = (values[t] as number) - first - level;
    aa += error * error;
    ap += error * share;
    pp += share * share;
    level += alpha * error;
    share *= 1 - alpha;
  }
  const delta = ap / pp;
  return { alpha, level: first + level + delta * share, squares: Math.max(aa - delta * ap, 0) };
}
