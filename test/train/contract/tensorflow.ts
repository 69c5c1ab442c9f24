import { GraphError } from '../../../shared/graph/index.ts';
import { loadTensorflow } from '../../../shared/train/engines/tensorflow/load.ts';
import { adam, type Engine, type OptimiserState, startState } from '../../../shared/train/index.ts';
import { largestDifference } from '../../support/compare.ts';
import { firstWeights, smallBatch } from '../../support/training.ts';
import { averaging, train, trainer } from './small.ts';

/** The tensorflow engine does what TensorFlow.js does, and leaves nothing behind in it. */
export function besideTensorflow(engine: Engine): void {
  describe('the tensorflow engine beside TensorFlow.js itself', () => {
    /** The small model's loss, written by hand in TensorFlow.js. */
    async function handWritten(state: OptimiserState, steps: number, rate: number): Promise<Float32Array> {
      const { tf } = await loadTensorflow();
      const { x, y } = smallBatch();
      const features = tf.tensor3d(x?.data as Float32Array, [5, 6, 2]);
      const targets = tf.tensor2d(y?.data as Float32Array, [5, 1]);
      const variable = tf.variable(tf.tensor1d(state.parameters));
      const loss = () => {
        const part = (from: number, rows: number, columns: number) =>
          tf.reshape(tf.slice(variable, [from], [rows * columns]), [rows, columns]);
        let h = tf.zeros([5, 3]);
        for (let step = 0; step < 6; step++) {
          const now = tf.reshape(tf.slice(features, [0, step, 0], [5, 1, 2]), [5, 2]);
          const hidden = tf.tanh(tf.add(tf.matMul(now, part(0, 2, 4)), part(8, 1, 4)));
          const fed = tf.add(tf.matMul(hidden, part(12, 4, 3)), part(24, 1, 3));
          h = tf.tanh(tf.add(fed, tf.matMul(h, part(27, 3, 3))));
        }
        return tf.mean(tf.square(tf.sub(tf.matMul(h, part(36, 3, 1)), targets))).asScalar();
      };
      // Its epsilon stands where ours does, beside the corrected root; its default is 1e-7, not 1e-8.
      const optimizer = tf.train.adam(rate, adam.firstDecay, adam.secondDecay, adam.epsilon);
      for (let i = 0; i < steps; i++) optimizer.minimize(loss);
      return Float32Array.from(variable.dataSync());
    }

    test('follows tf.train.adam on a hand-written model for 200 steps within 2e-5', async () => {
      const start = startState(firstWeights());
      const expected = await handWritten(start, 200, 0.01);
      const trained = await trainer(engine, adam, start);
      for (let i = 0; i < 200; i++) await trained.step(smallBatch(), 0.01);
      const { parameters } = await trained.state();
      expect(largestDifference(parameters, firstWeights())).toBeGreaterThan(0.1);
      expect(largestDifference(parameters, expected)).toBeLessThan(2e-5);
    });

    test('holds as many tensors after ten more steps and evaluations, and none when released', async () => {
      const { tf } = await loadTensorflow();
      const before = tf.memory().numTensors;
      const trained = await trainer(engine, averaging);
      const work = async () => {
        await train(trained, 1);
        await trained.evaluate(smallBatch(), ['loss', 'states']);
        return tf.memory().numTensors;
      };
      const held = await work();
      for (let i = 0; i < 10; i++) expect(await work()).toBe(held);
      await trained.release();
      expect(tf.memory().numTensors).toBe(before);
    });

    test('names what is missing from a batch', async () => {
      const trained = await trainer(engine);
      await expect(trained.step({}, 0.01)).rejects.toThrow(GraphError);
    });
  });
}
