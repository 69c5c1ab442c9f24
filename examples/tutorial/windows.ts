import { type Tensor, tensor } from '../../shared/graph/index.ts';
import type { Channels } from './channels.ts';

/** Steps that the network reads in a row. */
export const time = 10;

/** Windows of the channels: what the network reads, and what it should answer. */
export type Windows = {
  /** `[window, time, channel]` */
  readonly x: Tensor;
  /** The same channels one step later, `[window, time, channel]`. */
  readonly y: Tensor;
};

/** The first steps of all windows that lie in `from..to−1` with all their targets. */
export const allWindows = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from - time }, (_, i) => from + i);

/** The windows that begin at the given steps. */
export function windowsAt({ values, names }: Channels, starts: Int32Array): Windows {
  const cut = (shift: number): Tensor => {
    const size = time * names.length;
    const data = new Float32Array(starts.length * size);
    starts.forEach((start, window) => {
      const first = (start + shift) * names.length;
      data.set(values.subarray(first, first + size), window * size);
    });
    return tensor('float32', [starts.length, time, names.length], data);
  };
  return { x: cut(0), y: cut(1) };
}

/** The mean squared difference of two tensors of one shape. */
export function meanSquaredError(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (Number(a.data[i]) - Number(b.data[i])) ** 2;
  return sum / a.data.length;
}
