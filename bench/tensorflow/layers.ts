import type { CellName } from '../../shared/model/index.ts';
import type { Timed } from '../support/alternate.ts';
import type { Sizes } from '../support/sizes.ts';

type TensorFlow = typeof import('@tensorflow/tfjs');

/**
 * Training steps of tf.layers: the recurrent layer, a dense read-out at every step, MSE, Adam. The gates' activations
 * are those of the other sides, and initial weights are random: the default, orthogonal ones take seconds to make.
 */
export function openLayers(
  tf: TensorFlow,
  cell: CellName,
  [batch, steps, inputs, units, outputs]: Sizes,
): { readonly run: Timed; release(): void } {
  const inputShape: [number, number] = [steps, inputs];
  const settings = {
    units,
    returnSequences: true,
    inputShape,
    recurrentInitializer: 'glorotUniform',
  } as const;
  const gated = { ...settings, recurrentActivation: 'sigmoid' } as const;
  const layers: Readonly<Partial<Record<CellName, () => ReturnType<typeof tf.layers.rnn>>>> = {
    elman: () => tf.layers.simpleRNN(settings),
    gru: () => tf.layers.gru(gated),
    lstm: () => tf.layers.lstm(gated),
  };
  const layer = layers[cell];
  if (!layer) throw new Error(`the cell must be one of ${Object.keys(layers)}, got ${cell}`);
  const model = tf.sequential({ layers: [layer(), tf.layers.dense({ units: outputs })] });
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'meanSquaredError' });
  const x = tf.randomNormal([batch, steps, inputs]);
  const y = tf.randomNormal([batch, steps, outputs]);
  return {
    async run(times) {
      const began = performance.now();
      for (let i = 0; i < times; i++) await model.trainOnBatch(x, y);
      return (performance.now() - began) / times;
    },
    release() {
      tf.dispose([x, y]);
      model.dispose();
    },
  };
}
