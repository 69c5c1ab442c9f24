import { GraphError } from '../errors.ts';
import {
  type Attribute,
  type Body,
  elementType,
  type Node,
  type Numbers,
  type Scope,
  showType,
  sizeOf,
  type Value,
} from '../value.ts';
import { nodesOf } from '../walk.ts';
import {
  type AttributeProto,
  encodeModel,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './proto.ts';
import { toBytes } from './tensor.ts';

/** The operator set and file format version written: old enough for runtimes of 2023 on. */
const [opset, irVersion] = [18, 9];

export interface Graph {
  /** The inputs in the order they are declared; one with a fallback may be left out when the graph runs. */
  readonly inputs: readonly Value[];
  readonly outputs: Readonly<Record<string, Value>>;
  /** Texts kept in the file beside the graph. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a graph as an ONNX model: the nodes its outputs depend on, constants as initializers.
 *
 * Names are given by position, so that the same graph is the same bytes in every process.
 *
 * @throws GraphError where an output depends on an input that is not declared, or names collide
 */
export function writeOnnx(graph: Graph): Uint8Array {
  const names = new Names();
  const inputs = graph.inputs.map((value) => {
    if (value.source.kind !== 'input') throw misdeclared(value, 'is computed, not an input');
    names.set(value, value.source.name);
    return value;
  });
  const outputs = Object.entries(graph.outputs);
  for (const [name] of outputs) names.reserve(name);
  const scope = [...inputs, ...outputs.map(([, value]) => value)].find((value) => value.scope)?.scope ?? null;
  const main = writeScope(outputs, scope, names);
  const fallbacks = inputs.flatMap((value) =>
    value.source.kind === 'input' && value.source.fallback
      ? [tensorProto(value.source.name, value, value.source.fallback)]
      : [],
  );
  return encodeModel({
    irVersion,
    opset,
    producer: 'tidecast',
    metadata: graph.metadata ?? {},
    graph: {
      name: 'tidecast',
      nodes: main.nodes,
      initializers: [...fallbacks, ...names.constants()],
      inputs: inputs.map((value) => valueInfo(names.get(value), value)),
      outputs: main.outputs,
    },
  });
}

const misdeclared = (value: Value, received: string) =>
  new GraphError({
    rule: 'every input that a graph uses must be declared among its inputs',
    received: `${showType(value)}, which ${received}`,
    remedy: 'list the values made with input()',
  });

function writeScope(
  outputs: readonly (readonly [string, Value])[],
  scope: Scope | null,
  names: Names,
): { nodes: readonly NodeProto[]; outputs: readonly ValueInfoProto[] } {
  const values = outputs.map(([, value]) => value);
  const nodes = nodesOf(values, scope, scope === null || scope.depth === 0);
  const copies: NodeProto[] = [];
  for (const [name, value] of outputs) {
    const inner = value.source.kind === 'output' && nodes.includes(value.source.node);
    if (inner && !names.has(value)) names.set(value, name);
    else copies.push({ opType: 'Identity', inputs: [], outputs: [name], attributes: [] });
  }
  const written = nodes.map((node) => writeNode(node, names));
  let next = 0;
  const filled = outputs.flatMap(([name, value]) => {
    const copy = copies[next];
    if (copy?.outputs[0] !== name) return [];
    next++;
    return [{ ...copy, inputs: [names.get(value)] }];
  });
  return { nodes: [...written, ...filled], outputs: outputs.map(([name, value]) => valueInfo(name, value)) };
}

function writeNode(node: Node, names: Names): NodeProto {
  const body = node.body ? loopAttributes(node.body, names) : [];
  const stated = node.body
    ? node.inputs.slice(0, node.body.states.length + node.body.slices.length)
    : node.inputs;
  const inputs = stated.map((value) => names.get(value));
  return {
    opType: node.op.name,
    inputs: node.op.arrange?.(inputs) ?? inputs,
    outputs: node.outputs.map((value) => names.get(value)),
    attributes: [...attributesOf(node), ...body],
  };
}

function loopAttributes(body: Body, names: Names): readonly AttributeProto[] {
  const inputs = [...body.states, ...body.slices].map((value) => valueInfo(names.get(value), value));
  const results = [...body.nextStates, ...body.stacked].map((value) => [names.fresh(), value] as const);
  const { nodes, outputs } = writeScope(results, body.scope, names);
  const graph: GraphProto = { name: 'step', nodes, initializers: [], inputs, outputs };
  const direction = (count: number) => Array.from({ length: count }, () => 1);
  return [
    { name: 'body', graph },
    { name: 'num_scan_inputs', int: body.slices.length },
    ...(body.reverse
      ? [
          { name: 'scan_input_directions', ints: direction(body.slices.length) },
          { name: 'scan_output_directions', ints: direction(body.stacked.length) },
        ]
      : []),
  ];
}

const attributesOf = ({ op, attributes }: Node): readonly AttributeProto[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    op.internal?.includes(name) ? [] : [attributeProto(name, value)],
  );

function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') return { name, int: value };
  if (typeof value === 'string') return { name, string: value };
  if ('floats' in value) return { name, floats: value.floats };
  return value.every((item) => typeof item === 'number')
    ? { name, ints: value }
    : { name, strings: value.map(String) };
}

const valueInfo = (name: string, { dtype, shape }: Value): ValueInfoProto => ({
  name,
  elementType: elementType[dtype],
  dims: shape,
});

function tensorProto(name: string, { dtype, shape }: Value, data: Numbers): TensorProto {
  // A fallback stands for the smallest case: its named dimensions are 1.
  const dims = shape.map((dim) => (typeof dim === 'number' ? dim : 1));
  if (sizeOf(dims) !== data.length) {
    throw new GraphError({
      rule: `the default of ${name} must have ${sizeOf(dims)} numbers`,
      received: String(data.length),
      remedy: 'give one number for each place, with named dimensions of size 1',
    });
  }
  return { name, dims, dataType: elementType[dtype], raw: toBytes(dtype, data) };
}

/** Gives every value its name in the file, and gathers the constants that were named. */
class Names {
  readonly #names = new Map<Value, string>();
  readonly #taken = new Set<string>();
  readonly #reserved = new Set<string>();
  readonly #constants = new Map<string, TensorProto>();
  #last = 0;

  has(value: Value): boolean {
    return this.#names.has(value);
  }

  set(value: Value, name: string): void {
    if (this.#taken.has(name)) {
      throw new GraphError({
        rule: 'names in a graph must differ',
        received: `${name} twice`,
        remedy: 'rename one',
      });
    }
    this.#taken.add(name);
    this.#names.set(value, name);
  }

  /** Keeps a name for an output that is written later. */
  reserve(name: string): void {
    this.#reserved.add(name);
  }

  fresh(): string {
    const name = `v${++this.#last}`;
    return this.#taken.has(name) || this.#reserved.has(name) ? this.fresh() : name;
  }

  get(value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    if (value.source.kind === 'input') throw misdeclared(value, `is the input "${value.source.name}"`);
    if (value.source.kind === 'constant') return this.#constant(value, value.source.data, value.source.name);
    const name = this.fresh();
    this.#names.set(value, name);
    return name;
  }

  constants(): readonly TensorProto[] {
    return [...this.#constants.values()];
  }

  /** Equal constants are stored once. */
  #constant(value: Value, data: Numbers, given?: string): string {
    if (given !== undefined) {
      this.set(value, given);
      this.#constants.set(given, tensorProto(given, value, data));
      return given;
    }
    const small = data.length <= 64 ? Array.from(data).join() : `#${value.id}`;
    const key = `${showType(value)} ${small}`;
    const name = this.#constants.get(key)?.name ?? this.fresh();
    if (!this.#constants.has(key)) this.#constants.set(key, tensorProto(name, value, data));
    this.#names.set(value, name);
    return name;
  }
}
