import { ConfigurationError, show } from '../errors/index.ts';
import {
  add,
  constant,
  createScope,
  div,
  input,
  min,
  mul,
  reduceSum,
  type Scope,
  split,
  sqrt,
  square,
  squeeze,
  sub,
  type Value,
} from '../graph/index.ts';

export interface OptimiserSettings {
  /** Decay of the gradient's running mean, 0..1. */
  readonly firstDecay: number;
  /** Decay of the squared gradient's running mean, 0..1. */
  readonly secondDecay: number;
  /** Added to the denominator. */
  readonly epsilon: number;
  /** AdamW's decoupled weight decay, per unit of learning rate; 0 gives Adam. */
  readonly weightDecay: number;
  /** Gradients with a larger global norm are scaled down to it; Infinity never clips. */
  readonly clipNorm: number;
  /** Decay of the exponential moving average of the weights, 0..1; 0 makes the average the weights themselves. */
  readonly averageDecay: number;
}

/** Adam with PyTorch's defaults: no weight decay, no clipping, no averaging. */
export const adam: OptimiserSettings = {
  firstDecay: 0.9,
  secondDecay: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: Number.POSITIVE_INFINITY,
  averageDecay: 0,
};

/** @throws ConfigurationError where a setting is out of its range */
export function checkOptimiser(settings: OptimiserSettings): void {
  const unit = (name: keyof OptimiserSettings) =>
    check(name, settings[name] >= 0 && settings[name] < 1, 'at least 0 and below 1', settings[name]);
  unit('firstDecay');
  unit('secondDecay');
  unit('averageDecay');
  check('epsilon', settings.epsilon > 0, 'above 0', settings.epsilon);
  check('weightDecay', settings.weightDecay >= 0, 'at least 0', settings.weightDecay);
  check('clipNorm', settings.clipNorm > 0, 'above 0 (Infinity to switch clipping off)', settings.clipNorm);
}

function check(name: string, holds: boolean, rule: string, received: number): void {
  if (!holds) {
    throw new ConfigurationError({
      rule: `${name} must be ${rule}`,
      received: show(received),
      remedy: 'the defaults of `adam` are a safe choice',
    });
  }
}

/** The vectors an optimiser keeps, each as long as the parameters. */
export interface OptimiserVectors<T> {
  readonly parameters: T;
  readonly firstMoment: T;
  readonly secondMoment: T;
  /** The moving average of the parameters: what forecasts are made with. */
  readonly average: T;
}

/** The names of the vectors, in the order in which they are fed and kept. */
export const vectorNames = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;

/** The numbers of one step that change from step to step, as `stepNumbers` gives them. */
export const stepNumberCount = 4;

/**
 * The step-dependent numbers, computed in double precision outside the graph: the learning rate, the two bias
 * corrections 1/(1 − βᵗ), and the average's decay, which starts low so that early weights are forgotten:
 * min(decay, (t + 1)/(t + 10)).
 *
 * @param step the step about to be made, from 1
 */
export function stepNumbers(settings: OptimiserSettings, step: number, learningRate: number): Float32Array {
  return Float32Array.of(
    learningRate,
    1 / (1 - settings.firstDecay ** step),
    1 / (1 - settings.secondDecay ** step),
    settings.averageDecay === 0 ? 0 : Math.min(settings.averageDecay, step / (step + 9)),
  );
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1) or AdamW (Loshchilov & Hutter 2019, algorithm 2), with
 * clipping by the global norm before and weight averaging after it, on the whole parameter vector at once.
 *
 * @param gradient `[parameter]`
 * @param numbers `[4]`, from `stepNumbers`
 * @param decays `[parameter]`, 1 where weight decay applies and 0 where it does not
 */
export function optimiserStep(
  settings: OptimiserSettings,
  { parameters, firstMoment, secondMoment, average }: OptimiserVectors<Value>,
  gradient: Value,
  numbers: Value,
  decays: readonly number[] | Float32Array,
): OptimiserVectors<Value> {
  const [rate, firstCorrection, secondCorrection, averageDecay] = split(numbers, [1, 1, 1, 1], 0).map(
    (part) => squeeze(part, 0),
  ) as [Value, Value, Value, Value];
  const clipped = Number.isFinite(settings.clipNorm) ? clip(gradient, settings.clipNorm) : gradient;
  const { firstDecay, secondDecay } = settings;
  const first = add(mul(firstMoment, firstDecay), mul(clipped, 1 - firstDecay));
  const second = add(mul(secondMoment, secondDecay), mul(square(clipped), 1 - secondDecay));
  const denominator = add(sqrt(mul(second, secondCorrection)), settings.epsilon);
  const decayed =
    settings.weightDecay === 0
      ? parameters
      : mul(parameters, sub(1, mul(mul(rate, settings.weightDecay), constant(Array.from(decays)))));
  const moved = sub(decayed, div(mul(first, mul(rate, firstCorrection)), denominator));
  return {
    parameters: moved,
    firstMoment: first,
    secondMoment: second,
    average: settings.averageDecay === 0 ? moved : add(moved, mul(sub(average, moved), averageDecay)),
  };
}

/** Scales a gradient down to a norm (Pascanu et al. 2013). */
function clip(gradient: Value, norm: number): Value {
  const actual = sqrt(reduceSum(square(gradient)));
  return mul(gradient, min(div(norm, add(actual, 1e-6)), 1));
}

/** The optimiser as a graph of its own, for engines that differentiate the loss themselves. */
export interface OptimiserGraph {
  readonly scope: Scope;
  readonly vectors: OptimiserVectors<Value>;
  readonly gradient: Value;
  readonly numbers: Value;
  readonly next: OptimiserVectors<Value>;
}

export function optimiserGraph(settings: OptimiserSettings, decays: Float32Array): OptimiserGraph {
  const scope = createScope();
  const vector = (name: string) => input(scope, name, 'float32', [decays.length]);
  const vectors = {
    parameters: vector('parameters'),
    firstMoment: vector('firstMoment'),
    secondMoment: vector('secondMoment'),
    average: vector('average'),
  };
  const gradient = vector('gradient');
  const numbers = input(scope, 'numbers', 'float32', [stepNumberCount]);
  return {
    scope,
    vectors,
    gradient,
    numbers,
    next: optimiserStep(settings, vectors, gradient, numbers, decays),
  };
}
