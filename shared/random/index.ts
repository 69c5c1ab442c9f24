import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export { normalQuantile } from './normal.ts';

/** A seeded generator of random numbers whose state can be stored. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A whole number in 0..limit−1. */
  below(limit: number): number;
  /** Standard normal. */
  normal(): number;
  /** Enough to go on later with `restoreRandom`. */
  state(): readonly number[];
}

/** The first draws of a small seed are near 1 and move with the seed: so many are thrown away. */
const warmUp = 20;

/** The same seed gives the same numbers on every machine. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let i = 0; i < warmUp; i++) generator.next();
  return wrap(generator);
}

export const restoreRandom = (state: readonly number[]): Random => wrap(xoroshiro128plusFromState(state));

type Generator = ReturnType<typeof xoroshiro128plus>;

function wrap(generator: Generator): Random {
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    below: (limit) => uniformInt(generator, 0, limit - 1),
    // Box & Muller (1958); 1 − u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    state: () => generator.getState(),
  };
}

/** 0..size−1 in random order (Fisher & Yates). */
export function permutation(random: Random, size: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
