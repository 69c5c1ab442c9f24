import { ConfigurationError, show } from '../errors/index.ts';
import { permutation, type Random } from '../random/index.ts';

/** Where a sampler stands in its current pass. */
export interface SamplerState {
  readonly order: Int32Array;
  readonly position: number;
}

/** Draws mini-batches without replacement: each pass over the examples has a random order of its own. */
export interface Sampler {
  /** The examples of the next batch; the last batch of a pass may be smaller. */
  next(): Int32Array;
  state(): SamplerState;
}

/** @throws ConfigurationError where there is nothing to draw from, or a batch would be empty */
export function createSampler(
  examples: number,
  batchSize: number,
  random: Random,
  from?: SamplerState,
): Sampler {
  if (!(Number.isInteger(examples) && examples >= 1)) {
    throw new ConfigurationError({
      rule: 'there must be at least one training example',
      received: show(examples),
      remedy: 'give more data, or a shorter context and horizon',
    });
  }
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new ConfigurationError({
      rule: 'batchSize must be a whole number of at least 1',
      received: show(batchSize),
      remedy: 'try 32',
    });
  }
  let order = from?.order ?? new Int32Array(0);
  let position = from?.position ?? 0;
  return {
    next() {
      if (position >= order.length) {
        order = permutation(random, examples);
        position = 0;
      }
      const batch = order.slice(position, position + batchSize);
      position += batchSize;
      return batch;
    },
    state: () => ({ order, position }),
  };
}
