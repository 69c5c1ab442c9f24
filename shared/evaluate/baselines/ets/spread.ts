import type { Weights } from './filter.ts';

/** A model at the end of a series, asked how sure it is. */
interface Ahead {
  readonly weights: Weights;
  /** σ² of its errors. */
  readonly variance: number;
  /** Periods per cycle, 1 for none. */
  readonly season: number;
  /** [horizon], level and trend of each step, without season */
  readonly base: Float64Array;
  /** [horizon], the season of each step */
  readonly indices: Float64Array;
}

/** [horizon], the variance of each step's forecast */
export type Spread = (ahead: Ahead) => Float64Array;

/**
 * The linear models, exactly: σ²·(1 + Σ_{j<k} c_j²) k steps ahead (Hyndman et al. 2008, table 6.1; FPP3, 8.7, has
 * the sums in closed form).
 */
export const linearSpread: Spread = ({ weights, variance, season, base }) => {
  const impacts = impactsOf(weights, season, base.length);
  let sum = 1;
  return base.map((_, k) => {
    if (k > 0) sum += (impacts[k] as number) ** 2;
    return variance * sum;
  });
};

/**
 * Multiplicative errors and season: s²·(θ_k·(1 + σ²) − μ_k²) with θ_k = μ_k² + σ²·Σ_{j<k} c_j²·θ_{k−j}, μ the
 * forecast without season. That is the variance of multiplicative errors on a linear model (Hyndman et al. 2008, 6.3,
 * class 2), in which an error changes the season by a share of the level it met. (The book's approximation for such
 * models, (1 + γ²σ²)^⌊(k − 1)/m⌋ as a factor, leaves out that level and season take up the same errors.)
 */
export const multiplicativeSpread: Spread = ({ weights, variance, season, base, indices }) => {
  const impacts = impactsOf(weights, season, base.length);
  const theta = new Float64Array(base.length);
  return base.map((mean, k) => {
    let sum = 0;
    for (let j = 1; j <= k; j++) sum += (impacts[j] as number) ** 2 * (theta[k - j] as number);
    theta[k] = mean ** 2 + variance * sum;
    return (indices[k] as number) ** 2 * ((theta[k] as number) * (1 + variance) - mean ** 2);
  });
};

/** What is left of an error j steps later: c_j = α + β·(φ + … + φ^j), and γ after whole seasons; c_0 is not used. */
function impactsOf({ alpha, beta, gamma, phi }: Weights, season: number, horizon: number): Float64Array {
  const impacts = new Float64Array(horizon);
  for (let j = 1, fading = phi, sum = phi; j < horizon; j++, fading *= phi, sum += fading)
    impacts[j] = alpha + beta * sum + (j % season === 0 ? gamma : 0);
  return impacts;
}
