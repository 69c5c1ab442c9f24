/** What a model knows between two steps. */
export interface States {
  readonly level: number;
  /** Of the trend, per step; 0 without one. */
  readonly slope: number;
  /** [season] by position modulo the season; a single 0 (or 1 where it multiplies) without one. */
  readonly season: Float64Array;
}

/** How much of an error each state takes up, and how much of the slope is kept from step to step. */
export interface Weights {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/**
 * Goes through a series and writes down, for every step, what was forecast one step before it.
 *
 * @param values [time], no gaps
 * @param fitted [time], written: the one-step forecasts
 * @returns the states after the last value
 */
export type Filter = (values: Float64Array, from: States, weights: Weights, fitted: Float64Array) => States;

/** ŷ = ℓ + φb + s; with the error e: ℓ ← ℓ + φb + αe, b ← φb + βe, s ← s + γe (FPP3, table 8.6). */
export const filterAdditive: Filter = (values, from, { alpha, beta, gamma, phi }, fitted) => {
  let { level, slope } = from;
  const season = from.season.slice();
  for (let t = 0, phase = 0; t < values.length; t++) {
    const index = season[phase] as number;
    const damped = phi * slope;
    const base = level + damped;
    const error = (values[t] as number) - index - base; // in this order nothing waits for the index
    fitted[t] = base + index;
    level = base + alpha * error;
    slope = damped + beta * error;
    season[phase] = index + gamma * error;
    phase = phase + 1 === season.length ? 0 : phase + 1;
  }
  return { level, slope, season };
};

/** ŷ = (ℓ + φb)·s; ℓ ← ℓ + φb + αe/s, b ← φb + βe/s, s ← s + γe/(ℓ + φb) (FPP3, table 8.6). */
export const filterMultiplicative: Filter = (values, from, { alpha, beta, gamma, phi }, fitted) => {
  let { level, slope } = from;
  const season = from.season.slice();
  for (let t = 0, phase = 0; t < values.length; t++) {
    const index = season[phase] as number;
    const damped = phi * slope;
    const base = level + damped;
    const error = (values[t] as number) / index - base;
    fitted[t] = base * index;
    level = base + alpha * error;
    slope = damped + beta * error;
    season[phase] = index + (gamma * error * index) / base;
    phase = phase + 1 === season.length ? 0 : phase + 1;
  }
  return { level, slope, season };
};
