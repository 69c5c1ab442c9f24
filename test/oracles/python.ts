import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Tensor } from '../../shared/graph/index.ts';

/** Tensors by name, float32. */
export type Tensors = Readonly<Record<string, Tensor>>;

export interface Question {
  readonly onnx: Uint8Array;
  readonly runs: readonly Tensors[];
}

/** The outputs of every run, or why a tool does not run the model. */
export type Attempt = { readonly runs: readonly Tensors[] } | { readonly error: string };

/** What Python's tools make of a model. */
export interface Answer {
  /** What `onnx.checker` with shape inference says against it; null where it passes. */
  readonly complaint: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** onnx's reference evaluator. */
  readonly reference: Attempt;
  /** ONNX Runtime for Python. */
  readonly runtime: Attempt;
}

type Packed = Readonly<Record<string, { shape: readonly number[]; data: string }>>;
type PackedAttempt = { readonly runs: readonly Packed[] } | { readonly error: string };
type PackedAnswer = Omit<Answer, 'reference' | 'runtime'> &
  Readonly<Record<'reference' | 'runtime', PackedAttempt>>;

/** Runs a script of this folder, JSON in and out. */
export function runPython<Result>(script: string, question: unknown): Result {
  const python = process.env.TIDECAST_PYTHON;
  if (!python) {
    throw new Error('TIDECAST_PYTHON must name a Python with onnx, got nothing: use `npm run test:oracles`');
  }
  const output = execFileSync(python, [fileURLToPath(new URL(script, import.meta.url))], {
    input: JSON.stringify(question),
    maxBuffer: 2 ** 29,
    encoding: 'utf8',
  });
  return JSON.parse(output) as Result;
}

/** Asks about all models in one call: Python takes longer to start than to run hundreds of small models. */
export function askPython(questions: readonly Question[]): readonly Answer[] {
  const models = questions.map(({ onnx, runs }) => ({
    onnx: Buffer.from(onnx).toString('base64'),
    runs: runs.map(pack),
  }));
  return runPython<PackedAnswer[]>('check_models.py', { models }).map((answer) => ({
    ...answer,
    reference: unpackAttempt(answer.reference),
    runtime: unpackAttempt(answer.runtime),
  }));
}

const unpackAttempt = (attempt: PackedAttempt): Attempt =>
  'error' in attempt ? attempt : { runs: attempt.runs.map(unpack) };

const pack = (tensors: Tensors): Packed =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const { buffer, byteOffset, byteLength } = data;
      return [name, { shape, data: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }];
    }),
  );

const unpack = (packed: Packed): Tensors =>
  Object.fromEntries(
    Object.entries(packed).map(([name, { shape, data }]) => {
      const bytes = Uint8Array.from(Buffer.from(data, 'base64')); // a copy, so that floats are aligned
      return [name, { dtype: 'float32', shape, data: new Float32Array(bytes.buffer) }];
    }),
  );
