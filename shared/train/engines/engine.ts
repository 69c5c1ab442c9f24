import type { Tensor, Value } from '../../graph/index.ts';
import type { OptimiserSettings, OptimiserVectors } from '../optimiser.ts';

/** A batch, or what is computed from one: tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A loss to be minimised, as a graph. */
export interface TrainingGraph {
  /** All trainable numbers as one vector, an input `[parameter]` named `parameters`. */
  readonly parameters: Value;
  /** 1 where weight decay applies to a parameter, else 0. */
  readonly decays: Float32Array;
  /** The other inputs, fed with every batch. */
  readonly inputs: readonly Value[];
  /** A float32 scalar. */
  readonly loss: Value;
  /** What can be evaluated besides the loss, by name (must not be called `loss`). */
  readonly outputs: Readonly<Record<string, Value>>;
}

/** Everything training carries from one step to the next. */
export interface OptimiserState extends OptimiserVectors<Float32Array> {
  /** Steps made so far. */
  readonly step: number;
}

/** A training graph made ready to run. */
export interface Trainer {
  /** Makes one optimiser step and returns the batch's loss before it. */
  step(batch: Tensors, learningRate: number): Promise<number>;
  /** Runs the graph without changing anything; with the averaged parameters unless others are given. */
  evaluate(
    batch: Tensors,
    outputs: readonly string[],
    parameters?: Float32Array,
  ): Promise<Record<string, Tensor>>;
  /** A copy of the state, to be kept. */
  state(): OptimiserState | Promise<OptimiserState>;
  /** Goes on from a state. */
  restore(state: OptimiserState): void;
  release(): Promise<void>;
}

/** Something that can train: ONNX Runtime, or TensorFlow.js. */
export interface Engine {
  readonly name: 'onnxruntime' | 'tensorflow';
  /** What it runs on, with the version, to be shown to the user. */
  describe(): Promise<string>;
  createTrainer(graph: TrainingGraph, optimiser: OptimiserSettings, start: OptimiserState): Promise<Trainer>;
}

/** The state training starts from: moments zero, the average equal to the parameters. */
export const startState = (parameters: Float32Array): OptimiserState => ({
  step: 0,
  parameters: parameters.slice(),
  firstMoment: new Float32Array(parameters.length),
  secondMoment: new Float32Array(parameters.length),
  average: parameters.slice(),
});

/** A copy that shares no memory. */
export const copyState = ({
  step,
  parameters,
  firstMoment,
  secondMoment,
  average,
}: OptimiserState): OptimiserState => ({
  step,
  parameters: parameters.slice(),
  firstMoment: firstMoment.slice(),
  secondMoment: secondMoment.slice(),
  average: average.slice(),
});
