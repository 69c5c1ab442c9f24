import { createRequire } from 'node:module';
import { TidecastError } from '../../../errors/index.ts';

/** TensorFlow.js's interface: tfjs-node has the same and more, so one type serves for both packages. */
export type TensorFlow = typeof import('@tensorflow/tfjs');
export type { Tensor as TfTensor } from '@tensorflow/tfjs';

/** No package that the engine can run on loads here. */
export class EngineUnavailableError extends TidecastError {
  readonly code = 'ENGINE_UNAVAILABLE';
}

export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  /** The package, its version and what computes. */
  readonly description: string;
}

/** In the order in which they are tried. */
const packages = [
  { name: '@tensorflow/tfjs-node', backend: 'tensorflow', computes: 'native TensorFlow' },
  { name: '@tensorflow/tfjs', backend: 'cpu', computes: 'plain JavaScript' },
] as const;

/**
 * A package by its name; tfjs-node from the folder that TIDECAST_TFJS_NODE names, where it was built elsewhere
 * (scripts/tensorflow/native.sh). By variables, so that neither bundlers nor the type checker ask for packages that
 * are optional.
 */
async function importPackage(name: string): Promise<unknown> {
  const folder = process.env.TIDECAST_TFJS_NODE;
  return folder && name === packages[0].name ? createRequire(import.meta.url)(folder) : import(name);
}

/**
 * Loads the fastest TensorFlow.js that works here. tfjs-node without its native addon, or on a Node that it
 * does not support (it fails at its first operator from Node 23 on), counts as absent.
 *
 * @param load how a package is imported
 * @throws EngineUnavailableError where none works
 */
export async function loadTensorflow(
  load: (name: string) => Promise<unknown> = importPackage,
): Promise<LoadedTensorFlow> {
  const failures: string[] = [];
  for (const { name, backend, computes } of packages) {
    try {
      const loaded = (await load(name)) as TensorFlow & { readonly default?: TensorFlow };
      const tf = loaded.default ?? loaded; // CommonJS packages arrive whole as `default`
      await tf.setBackend(backend);
      proveWorking(tf);
      const versions: Readonly<Record<string, string>> = tf.version; // by package, without the scope
      const version = versions[name.replace('@tensorflow/', '')];
      return { tf, description: `${name} ${version} (${[computes, ...libraryOf(tf)].join(' ')})` };
    } catch (error) {
      failures.push(
        `${name}: ${
          String(error instanceof Error ? error.message : error)
            .trim()
            .split('\n', 1)[0]
        }`,
      );
    }
  }
  throw new EngineUnavailableError({
    rule: 'the tensorflow engine needs @tensorflow/tfjs-node with its native addon, or @tensorflow/tfjs',
    received: failures.join('; '),
    remedy: 'npm install @tensorflow/tfjs, or train with the onnxruntime engine',
  });
}

/** The version of the native library, where there is one. */
function libraryOf(tf: TensorFlow): readonly string[] {
  const { binding } = tf.backend() as { readonly binding?: { readonly TF_Version?: string } };
  return binding?.TF_Version ? [binding.TF_Version] : [];
}

/** Runs one small gradient. The plain backend greets on the console at its first tensor, except in production mode. */
function proveWorking(tf: TensorFlow): void {
  const chosen = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    const found = tf.tidy(
      () =>
        tf
          .grad((x) => tf.mul(x, x))(tf.scalar(3))
          .dataSync()[0],
    );
    if (found !== 6) throw new Error(`the derivative of x² at 3 came out as ${found}`);
  } finally {
    tf.env().set('PROD', chosen);
  }
}
