import { GraphError, type Tensor, type Value } from '../../graph/index.ts';
import { type OptimiserSettings, optimiserGraph, stepNumbers, vectorNames } from '../optimiser.ts';
import {
  copyState,
  type Engine,
  type OptimiserState,
  type Tensors,
  type Trainer,
  type TrainingGraph,
} from './engine.ts';
import { compile, type Program } from './tensorflow/interpret.ts';
import { loadTensorflow, type TensorFlow, type TfTensor } from './tensorflow/load.ts';
import { fromTf, scoped, toTf } from './tensorflow/tensors.ts';

/**
 * Trains on TensorFlow.js, which is loaded when the engine is first used: tfjs-node where it works, else plain
 * JavaScript. The graph is interpreted operator by operator and TensorFlow.js differentiates it, so that
 * values and gradients are independent of ONNX Runtime and of our own gradient rules.
 */
export function tensorflowEngine(): Engine {
  let loading: ReturnType<typeof loadTensorflow> | undefined;
  const load = () => {
    loading ??= loadTensorflow();
    return loading;
  };
  return {
    name: 'tensorflow',
    describe: async () => (await load()).description,
    createTrainer: async (graph, optimiser, start) =>
      createTrainer((await load()).tf, graph, optimiser, start),
  };
}

function createTrainer(
  tf: TensorFlow,
  graph: TrainingGraph,
  optimiser: OptimiserSettings,
  start: OptimiserState,
): Trainer {
  const loss = compile(tf, [graph.loss]);
  const optimise = compileOptimiser(tf, optimiser, graph.decays);
  const evaluations = new Map<string, Program>();
  const evaluation = (names: readonly string[], results: readonly Value[]) => {
    const program = evaluations.get(names.join('\n')) ?? compile(tf, results);
    evaluations.set(names.join('\n'), program);
    return program;
  };
  let state = copyState(start);
  return {
    async step(batch, learningRate) {
      const step = state.step + 1;
      return scoped(tf, () => {
        const feeds = feed(tf, graph.inputs, batch);
        const lossOf = (parameters: TfTensor) =>
          one(loss.run(new Map([...feeds, [graph.parameters, parameters]])));
        const { value, grad } = tf.valueAndGrad(lossOf)(tf.tensor1d(state.parameters));
        state = { step, ...optimise.run(state, grad, stepNumbers(optimiser, step, learningRate)) };
        return Number(value.dataSync()[0]);
      });
    },
    async evaluate(batch, outputs, parameters = state.average) {
      const results = outputs.map((name) => outputOf(graph, name));
      return scoped(tf, () => {
        const feeds = new Map([
          ...feed(tf, graph.inputs, batch),
          [graph.parameters, tf.tensor1d(parameters)],
        ]);
        const found = evaluation(outputs, results).run(feeds);
        const entries = results.map((value, i): [string, Tensor] => [
          String(outputs[i]),
          fromTf(value, one(found, i)),
        ]);
        return Object.fromEntries(entries);
      });
    },
    state: () => copyState(state),
    restore(other) {
      state = copyState(other);
    },
    async release() {
      for (const program of [loss, optimise, ...evaluations.values()]) program.release();
      evaluations.clear();
    },
  };
}

/** The optimiser, interpreted from the graph that the other engine runs. */
function compileOptimiser(tf: TensorFlow, settings: OptimiserSettings, decays: Float32Array) {
  const { vectors, gradient, numbers, next } = optimiserGraph(settings, decays);
  const program = compile(
    tf,
    vectorNames.map((name) => next[name]),
  );
  return {
    /** @param found the gradient, `[parameter]` */
    run(state: OptimiserState, found: TfTensor, step: Float32Array): Omit<OptimiserState, 'step'> {
      const kept = vectorNames.map((name): [Value, TfTensor] => [vectors[name], tf.tensor1d(state[name])]);
      const results = program.run(new Map([...kept, [gradient, found], [numbers, tf.tensor1d(step)]]));
      const [parameters, firstMoment, secondMoment, average] = vectorNames.map((_, i) =>
        Float32Array.from(one(results, i).dataSync()),
      ) as [Float32Array, Float32Array, Float32Array, Float32Array];
      return { parameters, firstMoment, secondMoment, average };
    },
    release: () => program.release(),
  };
}

/** The batch's tensors at the inputs that are named like them. */
function feed(tf: TensorFlow, inputs: readonly Value[], batch: Tensors): [Value, TfTensor][] {
  return inputs.flatMap((value): [Value, TfTensor][] => {
    const tensor = value.source.kind === 'input' ? batch[value.source.name] : undefined;
    return tensor ? [[value, toTf(tf, tensor.dtype, tensor.shape, tensor.data)]] : [];
  });
}

function outputOf(graph: TrainingGraph, name: string): Value {
  const value = name === 'loss' ? graph.loss : graph.outputs[name];
  if (value) return value;
  throw new GraphError({
    rule: `an output must be one of ${['loss', ...Object.keys(graph.outputs)].join(', ')}`,
    received: name,
    remedy: 'ask for an output that this graph has',
  });
}

function one(results: readonly TfTensor[], index = 0): TfTensor {
  const result = results[index];
  if (!result) throw new RangeError(`no result ${index} among ${results.length}`);
  return result;
}
