import ort from 'onnxruntime-node';
import { gradients, input, openSession, type Tensor } from '../../graph/index.ts';
import { optimiserStep, stepNumberCount, stepNumbers, vectorNames } from '../optimiser.ts';
import { copyState, type Engine, type OptimiserState, type Tensors, type Trainer } from './engine.ts';

/**
 * Trains on ONNX Runtime: loss, gradient and optimiser are one graph, and one run of it is one step. Forward
 * evaluation has a graph of its own, so that it does no work of the gradient's.
 *
 * @param threads threads inside one operator; results are reproducible for a given number
 */
export const onnxruntimeEngine = (threads = 1): Engine => ({
  name: 'onnxruntime',
  describe: async () => `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
  async createTrainer(graph, optimiser, start): Promise<Trainer> {
    const scope = graph.parameters.scope;
    if (!scope) throw new TypeError('the parameters are an input of a graph');
    const [gradient] = gradients(graph.loss, [graph.parameters]);
    if (!gradient) throw new TypeError('one gradient was asked for');
    const vector = (name: string) => input(scope, name, 'float32', graph.parameters.shape);
    const vectors = {
      parameters: graph.parameters,
      firstMoment: vector('firstMoment'),
      secondMoment: vector('secondMoment'),
      average: vector('average'),
    };
    const numbers = input(scope, 'numbers', 'float32', [stepNumberCount]);
    const next = optimiserStep(optimiser, vectors, gradient, numbers, graph.decays);
    const kept = optimiser.averageDecay === 0 ? vectorNames.slice(0, 3) : vectorNames;
    const stepping = await openSession(
      {
        inputs: [...graph.inputs, ...kept.map((name) => vectors[name]), numbers],
        outputs: {
          loss: graph.loss,
          ...Object.fromEntries(kept.map((name) => [`next_${name}`, next[name]])),
        },
      },
      { threads },
    );
    const evaluating = await openSession(
      { inputs: [...graph.inputs, graph.parameters], outputs: { loss: graph.loss, ...graph.outputs } },
      { threads },
    );

    let state = copyState(start);
    const asTensor = (data: Float32Array): Tensor => ({ dtype: 'float32', shape: [data.length], data });
    return {
      async step(batch, learningRate) {
        const step = state.step + 1;
        const feeds: Tensors = {
          ...batch,
          ...Object.fromEntries(kept.map((name) => [name, asTensor(state[name])])),
          numbers: asTensor(stepNumbers(optimiser, step, learningRate)),
        };
        const results = await stepping.run(feeds);
        const vectorOf = (name: string) => results[name]?.data as Float32Array;
        const parameters = vectorOf('next_parameters');
        state = {
          step,
          parameters,
          firstMoment: vectorOf('next_firstMoment'),
          secondMoment: vectorOf('next_secondMoment'),
          average: optimiser.averageDecay === 0 ? parameters : vectorOf('next_average'),
        };
        return Number(results.loss?.data[0]);
      },
      evaluate: (batch, outputs, parameters = state.average) =>
        evaluating.run({ ...batch, parameters: asTensor(parameters) }, outputs),
      state: () => copyState(state),
      restore(other: OptimiserState) {
        state = copyState(other);
      },
      async release() {
        await Promise.all([stepping.release(), evaluating.release()]);
      },
    };
  },
});
