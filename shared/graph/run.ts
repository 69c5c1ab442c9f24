import ort from 'onnxruntime-node';
import { GraphError } from './errors.ts';
import type { Tensor } from './onnx/tensor.ts';
import { type Graph, writeOnnx } from './onnx/write.ts';

/** A graph loaded into ONNX Runtime. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs the graph; asks for all outputs unless some are named. Blocks the thread while it works. */
  run(feeds: Readonly<Record<string, Tensor>>, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
  /** Frees the runtime's memory. The session cannot be used afterwards. */
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Threads inside one operator. More than one can change the last bits of a result. */
  readonly threads?: number;
}

/** Opens a model of ours, or the bytes of any ONNX file. */
export async function openSession(
  model: Graph | Uint8Array,
  { threads = 1 }: SessionOptions = {},
): Promise<Session> {
  const bytes = model instanceof Uint8Array ? model : writeOnnx(model);
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds, outputs = session.outputNames) {
      for (const name of Object.keys(feeds)) {
        if (!session.inputNames.includes(name)) throw unknownInput(name, session.inputNames);
      }
      const entries = Object.entries(feeds).map(([name, tensor]) => [name, toRuntime(name, tensor)] as const);
      const results = await session.run(Object.fromEntries(entries), [...outputs]);
      return Object.fromEntries(outputs.map((name) => [name, fromRuntime(name, results[name])]));
    },
    release: () => session.release(),
  };
}

/** Without this check the runtime would ignore the tensor silently. */
const unknownInput = (name: string, inputs: readonly string[]) =>
  new GraphError({
    rule: `a tensor can be fed to one of ${inputs.join(', ')}`,
    received: `one for ${name}`,
    remedy: 'mend the name; inputs with a default cannot be fed through onnxruntime-node',
  });

function toRuntime(name: string, { dtype, data, shape }: Tensor): ort.Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new GraphError({
      rule: `${name}: a tensor of shape [${shape.join(', ')}] must have ${size} numbers`,
      received: String(data.length),
      remedy: 'mend the shape or the data',
    });
  }
  return new ort.Tensor(dtype, data, shape);
}

function fromRuntime(name: string, result: ort.Tensor | undefined): Tensor {
  const { type, data, dims } = result ?? {};
  if (type !== 'float32' && type !== 'float64' && type !== 'int64' && type !== 'bool') {
    throw new GraphError({
      rule: `output ${name} must be float32, float64, int64 or bool`,
      received: String(type),
      remedy: 'ask for an output that this graph has',
    });
  }
  return { dtype: type, data: data as Tensor['data'], shape: dims as readonly number[] };
}
