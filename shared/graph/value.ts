import { GraphError, ShapeError } from './errors.ts';

export type DType = 'float32' | 'float64' | 'int64' | 'bool';

/** ONNX's numbers of the element types (`TensorProto.DataType`). */
export const elementType: Readonly<Record<DType, number>> = { float32: 1, float64: 11, int64: 7, bool: 9 };

/** A fixed size, or the name of one that is known only when the graph runs, such as `batch`. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Plain numbers in row-major order; int64 and bool are held as numbers until they are written. */
export type Numbers = Float32Array | Float64Array | readonly number[];

/**
 * A symbolic tensor: what an operator will compute. Values are immutable and carry their type, so that a
 * graph is nothing but the values one holds.
 */
export interface Value extends TensorType {
  readonly id: number;
  readonly source: Source;
  /** The innermost graph (main graph or loop body) this value belongs to; null for constants. */
  readonly scope: Scope | null;
}

type Source =
  | { readonly kind: 'input'; readonly name: string; readonly fallback?: Numbers }
  | { readonly kind: 'loop' }
  | { readonly kind: 'constant'; readonly data: Numbers; readonly name?: string }
  | { readonly kind: 'output'; readonly node: Node; readonly index: number };

/** A graph or a loop body. `nodes` finds a node that was built before, so that nothing is computed twice. */
export interface Scope {
  readonly parent: Scope | null;
  readonly depth: number;
  readonly nodes: Map<string, Node>;
}

/** Whole numbers and texts as they are; floats are tagged, since 1 and 1.0 are the same number here. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly floats: readonly number[] };
export type Attributes = Readonly<Record<string, Attribute>>;

/** One application of an operator. */
export interface Node {
  readonly id: number;
  readonly op: Op;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  /** Grows only for loops, which hand out more of their inner values when a gradient needs them. */
  readonly outputs: Value[];
  readonly scope: Scope | null;
  readonly body?: Body;
}

/** The body of a loop over time, run once a step. */
export interface Body {
  readonly scope: Scope;
  readonly reverse: boolean;
  /** The state on entry and one time step of each sequence, as the body sees them. */
  readonly states: readonly Value[];
  readonly slices: readonly Value[];
  readonly nextStates: readonly Value[];
  /** What is stacked over time. Grows together with the node's outputs. */
  readonly stacked: Value[];
}

/** A node as its gradient rule sees it. */
export interface Call {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
  /** Which inputs need a gradient: a rule may leave out the others. */
  readonly needs: readonly boolean[];
  readonly node: Node;
  /** Makes a value of the forward graph usable where the gradient is built (another body, in loops). */
  readonly lift: (value: Value) => Value;
  /** The graph or loop body in which the gradient is built. */
  readonly into: Scope | null;
}

export type Adjoint = Value | null;

/** An operator: its ONNX name, its shape rule and its gradient, together. */
export interface Op {
  readonly name: string;
  /** The types of the outputs; throws a ShapeError where the inputs do not fit. */
  infer(inputs: readonly Value[], attributes: Attributes, body?: Body): readonly TensorType[];
  /** From the gradients of the outputs (null: none arrives) to those of the inputs (null: none leaves). */
  gradient(call: Call, adjoints: readonly Adjoint[]): readonly Adjoint[];
  /** Attributes that only our shape and gradient rules read; ONNX takes them as inputs. */
  readonly internal?: readonly string[];
  /** Puts the input names at their places in ONNX, with '' for one left out. */
  arrange?(names: readonly string[]): readonly string[];
}

let lastId = 0;
const nextId = (): number => ++lastId;

export function createScope(parent: Scope | null = null): Scope {
  return { parent, depth: parent ? parent.depth + 1 : 0, nodes: new Map() };
}

/** An input of a graph (or of a loop body). With `fallback` it may be left out when the graph runs. */
export function input(scope: Scope, name: string, dtype: DType, shape: Shape, fallback?: Numbers): Value {
  const source =
    fallback === undefined ? { kind: 'input' as const, name } : { kind: 'input' as const, name, fallback };
  return { id: nextId(), dtype, shape, scope, source };
}

/** A state or one step of a sequence, as a loop body sees it. */
export function loopInput(scope: Scope, { dtype, shape }: TensorType): Value {
  return { id: nextId(), dtype, shape, scope, source: { kind: 'loop' } };
}

/**
 * A tensor that is known now. Without a shape it is a scalar (one number) or a vector. A name is kept in the
 * ONNX file, for people who open it.
 */
export function constant(
  data: number | Numbers,
  dtype: DType = 'float32',
  shape?: Shape,
  name?: string,
): Value {
  const numbers = typeof data === 'number' ? [data] : data;
  const actual = shape ?? (typeof data === 'number' ? [] : [numbers.length]);
  if (sizeOf(actual) !== numbers.length) {
    throw new ShapeError({
      rule: `constant: a constant of shape ${showShape(actual)} must have ${sizeOf(actual)} numbers`,
      received: `${numbers.length}`,
      remedy: 'give one number for each place',
    });
  }
  return {
    id: nextId(),
    dtype,
    shape: actual,
    scope: null,
    source: { kind: 'constant', data: numbers, ...(name !== undefined && { name }) },
  };
}

/**
 * Applies an operator. The node is placed in the innermost graph among its inputs, so that work in a loop
 * body that does not depend on the step leaves the loop by itself; an equal node is reused.
 */
export function apply(
  op: Op,
  inputs: readonly Value[],
  attributes: Attributes = {},
  body?: Body,
): readonly Value[] {
  const types = op.infer(inputs, attributes, body);
  const scope = innermost(op.name, inputs);
  const key = `${op.name}|${inputs.map((value) => value.id)}|${JSON.stringify(attributes)}`;
  const known = body === undefined ? scope?.nodes.get(key) : undefined;
  if (known) return known.outputs;
  const node: Node = { id: nextId(), op, inputs, attributes, outputs: [], scope, ...(body && { body }) };
  for (const type of types) addOutput(node, type);
  if (body === undefined) scope?.nodes.set(key, node);
  return node.outputs;
}

/** Applies an operator that has one output. */
export function apply1(op: Op, inputs: readonly Value[], attributes: Attributes = {}): Value {
  const [value] = apply(op, inputs, attributes);
  if (!value) throw new Error(`${op.name} declares no output`);
  return value;
}

/** Adds an output to a node; beyond construction only loops do this. */
export function addOutput(node: Node, type: TensorType): Value {
  const source = { kind: 'output' as const, node, index: node.outputs.length };
  const value: Value = { id: nextId(), dtype: type.dtype, shape: type.shape, scope: node.scope, source };
  node.outputs.push(value);
  return value;
}

function innermost(op: string, inputs: readonly Value[]): Scope | null {
  let deepest: Scope | null = null;
  for (const { scope } of inputs) if (scope && (!deepest || scope.depth > deepest.depth)) deepest = scope;
  for (const { scope, shape, dtype } of inputs) {
    if (scope && !encloses(scope, deepest)) {
      throw new GraphError({
        rule: `${op}: operands must belong to one graph`,
        received: `an operand ${dtype}${showShape(shape)} of another graph or of a loop body from outside it`,
        remedy: 'pass it in as an input, or hand it out of the loop as an output',
      });
    }
  }
  return deepest;
}

function encloses(outer: Scope, inner: Scope | null): boolean {
  for (let scope = inner; scope; scope = scope.parent) if (scope === outer) return true;
  return false;
}

/** The number of elements of a fixed shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce<number>((size, dim) => size * fixed(dim, showShape(shape)), 1);
}

/** A dimension that must be known now. */
export function fixed(dim: Dim | undefined, where: string): number {
  if (typeof dim === 'number') return dim;
  throw new ShapeError({
    rule: `${where}: this dimension must be a fixed size`,
    received: String(dim),
    remedy: 'use a number for it, or an operator that allows a named dimension',
  });
}

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
export const showType = ({ dtype, shape }: TensorType): string => `${dtype}${showShape(shape)}`;
export const isFloat = ({ dtype }: TensorType): boolean => dtype === 'float32' || dtype === 'float64';
