import { openSession, type Tensor } from '../../shared/graph/index.ts';
import { cells, exportNetwork, type NetworkSettings } from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import type { Channels } from './channels.ts';
import { randomState } from './train.ts';
import { time } from './windows.ts';

/** A trained network as an ONNX file, opened in ONNX Runtime. */
export interface ExportedNetwork {
  readonly bytes: number;
  /** `[window, time, channel]` → the same one step later. */
  predict(input: Tensor): Promise<Tensor>;
  release(): Promise<void>;
}

/** Exports a network; the file then predicts from an h0 given with each call, and a c0 where the cell has one. */
export async function exported(
  settings: NetworkSettings,
  parameters: Float32Array,
): Promise<ExportedNetwork> {
  const file = await exportNetwork(settings, parameters);
  const session = await openSession(file);
  const random = createRandom(settings.seed + 2);
  // [layer, batch, unit]; a batch of one serves every window.
  const shape = [settings.layers, 1, settings.units];
  const given = cells[settings.cell].states.map((state) => [`initial_${state}`, randomState(random, shape)]);
  return {
    bytes: file.length,
    async predict(input) {
      const { output } = await session.run({ input, ...Object.fromEntries(given) }, ['output']);
      if (!output) throw new TypeError('the file has an output');
      return output;
    },
    release: () => session.release(),
  };
}

/** Some predictions for the step after a window, in the data's units, beside what came. */
export function showPredictions(channels: Channels, predicted: Tensor, actual: Tensor): void {
  const last = [0, 100, 200, 300].map((window) => window * time + time - 1);
  for (const channel of [0, 3, 4, 9]) {
    const inUnits = ({ data }: Tensor) =>
      last.map((step) => {
        const value = Number(data[step * channels.names.length + channel]);
        return channels.toUnits[channel]?.(value).toFixed(1).padStart(9);
      });
    const name = channels.names[channel]?.padEnd(14);
    console.log(`  ${name} predicted ${inUnits(predicted).join('')}`);
    console.log(`  ${''.padEnd(14)} actual    ${inUnits(actual).join('')}`);
  }
}
