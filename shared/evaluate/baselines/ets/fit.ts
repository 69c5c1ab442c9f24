import { deviance } from './errors.ts';
import type { States, Weights } from './filter.ts';
import { firstStates } from './initial.ts';
import type { Model } from './models.ts';
import { type Coordinate, nelderMead } from './nelder-mead.ts';

/** A model fitted to a series. */
export interface Fit {
  readonly model: Model;
  readonly weights: Weights;
  /** After the last value. */
  readonly states: States;
  /** σ² of its errors. */
  readonly variance: number;
  /** Less is better; infinite where the series is too short for it. */
  readonly aicc: number;
}

type Parameters = Weights & Pick<States, 'level' | 'slope'>;
type Searched = Partial<Record<keyof Parameters, Coordinate>>;

/** In a series so long the first level and slope say nothing any more: they are not searched for. */
const long = 300;
/** Differences in deviance that a choice of models would not notice. */
const patience = { tolerance: 0.1, evaluations: 60 };
/** The search begins with the best of these. */
const firstAlphas = [0.1, 0.3, 0.6, 0.9];

const unit = { low: 1e-4, high: 0.9999 }; // the bounds of R's `ets`, with β ≤ α and γ ≤ 1 − α
const damping = { start: 0.95, step: 0.1, low: 0.8, high: 0.98 };
const free = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
/**
 * β is at most so much of a season. statsforecast's AutoETS searches no further (β's bound there is where α's search
 * begins, 0.2 / season), and M3 shows that this is good: with β up to α the MASE of yearly series is 2.90 instead of 2.65.
 */
const mostBeta = 0.2;

/**
 * The likeliest weights, first level and first slope of a model. The first indices are those of the decomposition:
 * a search over a whole season costs far more and gains little (M3's published figures are met without).
 *
 * @param values [time], at most 1 in size, no gaps; at least two seasons where the model has one
 * @param season periods per cycle
 */
export function fitModel(values: Float64Array, season: number, model: Model): Fit {
  const n = values.length;
  const first = firstStates(values, season, model);
  const fixed: Parameters = { alpha: 0, beta: 0, gamma: 0, phi: 1, level: first.level, slope: first.slope };
  const searched = searchedOf(model, first, values);
  const names = Object.keys(searched) as (keyof Parameters)[];
  const fitted = new Float64Array(n);
  const at = (x: readonly number[]) => {
    const given = { ...fixed };
    names.forEach((name, i) => {
      given[name] = x[i] as number;
    });
    const { alpha, beta, gamma, phi, level, slope } = given;
    const weights = { alpha, beta: Math.min(beta, alpha), gamma: Math.min(gamma, 1 - alpha), phi };
    const states = model.season.filter(values, { level, slope, season: first.season }, weights, fitted);
    const sums = model.season.sums(values, fitted);
    return { weights, states, sums, deviance: deviance(sums, n) };
  };
  const badness = (x: readonly number[]) => at(x).deviance;
  const { weights, states, sums, deviance: least } = at(search(badness, Object.values(searched)));
  const k = parametersOf(model, season);
  return {
    ...{ model, weights, states },
    variance: sums.squares / Math.max(n - k, 1),
    aicc: k + 1 < n ? least + 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY,
  };
}

/** Estimated parameters: weights, first states (one index less than the season, since they are centred) and σ². */
const parametersOf = ({ trend, season }: Model, length: number): number =>
  3 + (trend.sloped ? 2 : 0) + (trend.damped ? 1 : 0) + (season.decomposition ? length : 0);

/** What is searched for, α first. */
function searchedOf(
  { trend, season }: Model,
  { level, slope, season: { length } }: States,
  values: Float64Array,
): Searched {
  const mostSlope = mostBeta / length;
  const spread = values.length < long ? spreadOf(values.subarray(0, 2 * length + 10), level) : 0;
  return {
    alpha: { start: 0.3, step: 0.2, ...unit },
    ...(trend.sloped && {
      beta: { start: 0.1 * mostSlope, step: 0.3 * mostSlope, low: unit.low, high: mostSlope },
    }),
    ...(season.decomposition && { gamma: { start: 0.05, step: 0.2, ...unit } }),
    ...(trend.damped && { phi: damping }),
    ...(spread > 0 && { level: { start: level, step: spread / 2, ...free } }),
    ...(spread > 0 && trend.sloped && { slope: { start: slope, step: spread / 4, ...free } }),
  };
}

function search(
  badness: (x: readonly number[]) => number,
  [alpha, ...rest]: readonly Coordinate[],
): readonly number[] {
  const others = rest.map(({ start }) => start);
  const tried = firstAlphas.map((start) => ({ start, value: badness([start, ...others]) }));
  const { start } = tried.reduce((best, one) => (one.value < best.value ? one : best));
  return nelderMead(badness, [{ ...(alpha as Coordinate), start }, ...rest], patience);
}

/** √(mean squared distance from a centre) */
const spreadOf = (values: Float64Array, centre: number): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
