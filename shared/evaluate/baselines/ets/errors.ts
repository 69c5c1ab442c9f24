/** What the errors of a fit add up to. */
export interface ErrorSums {
  /** Σε²; infinite where the model cannot be. */
  readonly squares: number;
  /** Σlog of what an error is multiplied with. */
  readonly logs: number;
}

/** @param fitted [time], one-step forecasts of the values */
export type Sums = (values: Float64Array, fitted: Float64Array) => ErrorSums;

/** y = ŷ + ε */
export const additiveErrors: Sums = (values, fitted) => {
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += ((values[t] as number) - (fitted[t] as number)) ** 2;
  return { squares, logs: 0 };
};

/** y = ŷ·(1 + ε), ŷ above zero */
export const multiplicativeErrors: Sums = (values, fitted) => {
  let squares = 0;
  let logs = 0;
  let product = 1; // one logarithm for many factors
  for (let t = 0; t < values.length; t++) {
    const forecast = fitted[t] as number;
    if (!(forecast > 0)) return { squares: Number.POSITIVE_INFINITY, logs: 0 };
    squares += ((values[t] as number) / forecast - 1) ** 2;
    product *= forecast;
    if (product > 1e-200 && product < 1e200) continue;
    logs += Math.log(product);
    product = 1;
  }
  return { squares, logs: logs + Math.log(product) };
};

/** Values are at most 1 in size: a mean squared error below this is rounding, and no fit is better than another. */
const rounding = 1e-20;

/**
 * −2·log-likelihood at the best σ, n·log Σε² + 2·Σlog ŷ (the last for multiplicative errors), without the constant
 * n·(1 + log 2π − log n) that all models of a series share (Hyndman et al. 2008, 5.1).
 */
export const deviance = ({ squares, logs }: ErrorSums, n: number): number =>
  n * Math.log(Math.max(squares, n * rounding)) + 2 * logs;
