import { createHash } from 'node:crypto';
import { TidecastError } from '../errors/index.ts';
import { type Curve, emptyCurve } from './curve.ts';
import type { OptimiserState } from './engines/engine.ts';
import { vectorNames } from './optimiser.ts';
import type { SamplerState } from './sampler.ts';

/** The best parameters so far, by validation score (smaller is better). */
export interface Best {
  readonly step: number;
  readonly score: number;
  readonly parameters: Float32Array;
}

/** All that a training run needs to go on as if it had never stopped. */
export interface Checkpoint {
  readonly state: OptimiserState;
  readonly random: readonly number[];
  readonly sampler: SamplerState;
  readonly best: Best | null;
  /** Validations since the best one. */
  readonly worse: number;
  readonly lastLoss: number;
  readonly curve: Curve;
}

/** A checkpoint cannot be read: cut off, changed, or of another kind. */
export class CheckpointError extends TidecastError {
  readonly code = 'CHECKPOINT';
}

const magic = 'tidecast checkpoint 1\n';
const hashLength = 32;

/**
 * The checkpoint as bytes: a magic line, SHA-256 of the rest, the header's length, the header as JSON, then the
 * vectors as they stand in memory (little-endian).
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { state, random, sampler, best, worse, lastLoss, curve } = checkpoint;
  const vectors = [
    ...vectorNames.map((name) => state[name]),
    ...(best ? [best.parameters] : []),
    sampler.order,
  ];
  const header = Buffer.from(
    JSON.stringify({
      step: state.step,
      size: state.parameters.length,
      random,
      sampler: { size: sampler.order.length, position: sampler.position },
      best: best && { step: best.step, score: best.score },
      worse,
      lastLoss,
      curve,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const rest = Buffer.concat([length, header, ...vectors.map(bytesOf)]);
  return Buffer.concat([Buffer.from(magic), createHash('sha256').update(rest).digest(), rest]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

interface Header {
  readonly step: number;
  readonly size: number;
  readonly random: readonly number[];
  readonly sampler: { readonly size: number; readonly position: number };
  readonly best: { readonly step: number; readonly score: number } | null;
  readonly worse: number;
  readonly lastLoss: number;
  /** Checkpoints that an older version of Tidecast wrote have none. */
  readonly curve?: Curve;
}

/** @throws CheckpointError where the bytes are not a whole, unchanged checkpoint */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rest = file.subarray(magic.length + hashLength);
  const hash = file.subarray(magic.length, magic.length + hashLength);
  const whole =
    file.subarray(0, magic.length).toString() === magic &&
    createHash('sha256').update(rest).digest().equals(hash);
  if (!whole) {
    throw new CheckpointError({
      rule: 'a checkpoint must be whole and unchanged',
      received: `${bytes.length} bytes that do not match their checksum`,
      remedy: 'start again without it, or use an older one',
    });
  }
  const headerEnd = 4 + rest.readUInt32LE(0);
  const header = JSON.parse(rest.subarray(4, headerEnd).toString()) as Header;
  // A copy, since the numbers need not stand at a multiple of four in the file.
  const numbers = new Uint8Array(rest.subarray(headerEnd)).buffer;
  let offset = 0;
  const vector = () => {
    const numbersHere = new Float32Array(numbers, offset, header.size).slice();
    offset += 4 * header.size;
    return numbersHere;
  };
  const state = {
    step: header.step,
    parameters: vector(),
    firstMoment: vector(),
    secondMoment: vector(),
    average: vector(),
  };
  const best = header.best && { ...header.best, parameters: vector() };
  const order = new Int32Array(numbers, offset, header.sampler.size).slice();
  const { random, worse, lastLoss, curve = emptyCurve } = header;
  return {
    state,
    random,
    sampler: { order, position: header.sampler.position },
    best,
    worse,
    lastLoss,
    curve,
  };
}
