import { TidecastError } from '../../../errors/index.ts';
import { GraphError, type Scope, showType, type Value } from '../../../graph/index.ts';
import { arithmetic } from './arithmetic.ts';
import type { Call, Node, Operator } from './call.ts';
import type { TensorFlow, TfTensor } from './load.ts';
import { places } from './places.ts';
import { detached, toTf } from './tensors.ts';

/** The graph uses an operator that the tensorflow engine does not have. */
export class UnsupportedOperatorError extends TidecastError {
  readonly code = 'ENGINE_OPERATOR';
}

/** A graph made ready to be interpreted. */
export interface Program {
  /** The results, in the order in which they were asked for. To be called within a scope that is tidied up. */
  run(feeds: ReadonlyMap<Value, TfTensor>): readonly TfTensor[];
  /** Frees the constants, which are kept from run to run. */
  release(): void;
}

const operators: Readonly<Record<string, Operator>> = { ...arithmetic, ...places };

/** Looks up what a value holds in this run. */
type Lookup = (value: Value) => TfTensor;

interface Step {
  readonly node: Node;
  /** Which of the node's outputs something reads. */
  readonly wanted: readonly boolean[];
  /** The steps of a loop's body. */
  readonly body?: readonly Step[];
}

/** Plans the computation of some values. @throws UnsupportedOperatorError */
export function compile(tf: TensorFlow, results: readonly Value[]): Program {
  const steps = plan(results, null);
  const kept = new Map<Value, TfTensor>();
  const constant: Lookup = (value) => {
    const tensor = kept.get(value) ?? tf.keep(constantOf(tf, value));
    kept.set(value, tensor);
    return tensor;
  };
  return {
    run: (feeds) => results.map(execute(tf, steps, new Map(feeds), constant)),
    release() {
      for (const tensor of kept.values()) tensor.dispose();
      kept.clear();
    },
  };
}

/**
 * The nodes that the results depend on, each after all it reads: ids grow with construction. Within a body
 * these are its own nodes; what it takes from outside is an input of the loop. Nodes without a scope compute
 * constants and run where they are read.
 */
function plan(results: readonly Value[], body: Scope | null): readonly Step[] {
  const nodes = new Set<Node>();
  const read = new Set<Value>();
  const open = [...results];
  for (let value = open.pop(); value; value = open.pop()) {
    read.add(value);
    if (value.source.kind !== 'output') continue;
    const { node } = value.source;
    if (nodes.has(node) || (body && node.scope && node.scope !== body)) continue;
    nodes.add(node);
    open.push(...node.inputs);
  }
  return [...nodes].sort((a, b) => a.id - b.id).map((node) => stepOf(node, read));
}

function stepOf(node: Node, read: ReadonlySet<Value>): Step {
  const wanted = node.outputs.map((output) => read.has(output));
  if (node.body) {
    const { scope, nextStates, stacked } = node.body;
    // A gradient taken elsewhere makes loops hand out more than the forward graph reads: leave that out.
    const used = stacked.filter((_, i) => wanted[nextStates.length + i]);
    return { node, wanted, body: plan([...nextStates, ...used], scope) };
  }
  if (operators[node.op.name]) return { node, wanted };
  throw new UnsupportedOperatorError({
    rule: `the tensorflow engine has the operators ${Object.keys(operators).join(', ')} and Scan`,
    received: node.op.name,
    remedy:
      'write the graph with these (fused recurrent operators are for serving), or use the onnxruntime engine',
  });
}

/** A constant, or an input that was not fed and has a fallback. */
function constantOf(tf: TensorFlow, value: Value): TfTensor {
  const { dtype, shape, source } = value;
  const data =
    source.kind === 'constant' ? source.data : source.kind === 'input' ? source.fallback : undefined;
  if (data)
    return toTf(
      tf,
      dtype,
      shape.map((dim) => (typeof dim === 'number' ? dim : 1)),
      data,
    );
  throw new GraphError({
    rule: 'every input of the graph must be fed',
    received: `nothing for ${source.kind === 'input' ? source.name : `a value of another graph, ${showType(value)}`}`,
    remedy: 'add it to the batch',
  });
}

/** Runs steps on top of what is known; `known` grows by what they compute. */
function execute(tf: TensorFlow, steps: readonly Step[], known: Map<Value, TfTensor>, outer: Lookup): Lookup {
  const lookup: Lookup = (value) => known.get(value) ?? outer(value);
  for (const step of steps) {
    const outputs = step.body ? runLoop(tf, step, step.body, lookup) : runOperator(tf, step.node, lookup);
    outputs.forEach((tensor, i) => {
      const value = step.node.outputs[i];
      if (tensor && value) known.set(value, tensor);
    });
  }
  return lookup;
}

function runOperator(tf: TensorFlow, node: Node, lookup: Lookup): readonly TfTensor[] {
  // No gradient passes integers and truths, but TensorFlow.js would look for a rule that it does not have.
  const flat = node.outputs.some(({ dtype }) => dtype === 'int64' || dtype === 'bool');
  const valueAt = (index: number): Value => {
    const value = node.inputs[index];
    if (!value) throw new RangeError(`${node.op.name} has no input ${index}`);
    return value;
  };
  const read = (value: Value): TfTensor => {
    const tensor = lookup(value);
    return flat && tensor.dtype === 'float32' ? detached(tf, tensor) : tensor;
  };
  const call: Call = {
    tf,
    node,
    all: () => node.inputs.map(read),
    input: (index) => read(valueAt(index)),
    shape: (index) => lookup(valueAt(index)).shape,
    numbers(index) {
      const value = valueAt(index);
      const { source } = value;
      return Array.from(source.kind === 'constant' ? source.data : lookup(value).dataSync());
    },
  };
  const result = operators[node.op.name]?.(call) ?? [];
  return Array.isArray(result) ? result : [result];
}

/** A loop over time, step by step. Outputs that nothing reads are left out as undefined. */
function runLoop(
  tf: TensorFlow,
  { node, wanted }: Step,
  body: readonly Step[],
  lookup: Lookup,
): readonly (TfTensor | undefined)[] {
  const { states = [], slices = [], nextStates = [], stacked = [], reverse = false } = node.body ?? {};
  let current = node.inputs.slice(0, states.length).map(lookup);
  const sequences = node.inputs
    .slice(states.length, states.length + slices.length)
    .map((value) => tf.unstack(lookup(value), 0));
  const time = sequences[0]?.length ?? 0;
  const history = stacked.map(() => new Array<TfTensor>(time));
  for (let done = 0; done < time; done++) {
    const now = reverse ? time - 1 - done : done;
    const known = new Map<Value, TfTensor>();
    const bind = (values: readonly Value[], tensors: readonly (TfTensor | undefined)[]) =>
      values.forEach((value, i) => {
        const tensor = tensors[i];
        if (tensor) known.set(value, tensor);
      });
    bind(states, current);
    bind(
      slices,
      sequences.map((sequence) => sequence[now]),
    );
    const inner = execute(tf, body, known, lookup);
    current = nextStates.map(inner);
    history.forEach((steps, i) => {
      const value = stacked[i];
      if (value && wanted[states.length + i]) steps[now] = inner(value);
    });
  }
  return [
    ...current,
    ...history.map((steps, i) => (wanted[states.length + i] ? tf.stack(steps, 0) : undefined)),
  ];
}
