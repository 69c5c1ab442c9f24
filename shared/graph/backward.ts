import { GradientError } from './errors.ts';
import { zerosLike } from './ops/broadcast.ts';
import { at, scalar } from './ops/define.ts';
import { add } from './ops/elementwise.ts';
import { type Adjoint, isFloat, type Node, type Scope, showShape, showType, type Value } from './value.ts';
import { nodesOf } from './walk.ts';

/**
 * The gradients of a scalar with respect to some values, as values of the same graph.
 *
 * @param loss a float scalar
 * @param wrt float values the loss may depend on
 * @returns one gradient for each, of its shape (zeros where the loss does not depend on it)
 * @throws GradientError where the loss is no float scalar, or an operator on the way has no gradient
 */
export function gradients(loss: Value, wrt: readonly Value[]): readonly Value[] {
  if (loss.shape.length !== 0 || !isFloat(loss)) {
    throw new GradientError({
      rule: 'gradients: what is differentiated must be one float number',
      received: showType(loss),
      remedy: 'reduce it with reduceSum or reduceMean first',
    });
  }
  const { scope } = loss;
  const place = { from: scope, into: scope, lift: (value: Value) => value };
  return backward([{ value: loss, adjoint: scalar(1, loss.dtype) }], wrt, place).map(
    (gradient, i) => gradient ?? zerosLike(at(wrt, i)),
  );
}

export interface Seed {
  readonly value: Value;
  readonly adjoint: Value;
}

/** Where the forward graph is and where its gradient goes: two loop bodies, when a loop is differentiated. */
export interface Place {
  /** The main graph or loop body to walk through. */
  readonly from: Scope | null;
  /** The main graph or loop body in which the gradient is built. */
  readonly into: Scope | null;
  /** Makes a forward value usable there. */
  readonly lift: (value: Value) => Value;
}

/**
 * Reverse-mode differentiation (Griewank & Walther 2008, ch. 3): walks the nodes backwards and lets each
 * operator turn the gradients of its outputs into those of its inputs, as further nodes.
 *
 * @param seeds where gradients enter
 * @param wrt where they are wanted; null comes back where none arrives
 */
export function backward(seeds: readonly Seed[], wrt: readonly Value[], place: Place): readonly Adjoint[] {
  const nodes = nodesOf(
    seeds.map(({ value }) => value),
    place.from,
  );
  const dependent = dependents(nodes, wrt);
  const adjoints = new Map<Value, Value>();
  const receive = (value: Value, adjoint: Value) => {
    if (showShape(adjoint.shape) !== showShape(value.shape)) {
      throw new GradientError({
        rule: `a gradient must have its value's shape, ${showShape(value.shape)}`,
        received: showShape(adjoint.shape),
        remedy: 'mend the gradient rule of the operator that produced it',
      });
    }
    const sum = adjoints.get(value);
    adjoints.set(value, sum ? add(sum, adjoint) : adjoint);
  };
  for (const { value, adjoint } of seeds) if (dependent.has(value)) receive(value, adjoint);
  for (const node of [...nodes].reverse()) propagate(node, adjoints, dependent, place, receive);
  return wrt.map((value) => adjoints.get(value) ?? null);
}

function propagate(
  node: Node,
  adjoints: ReadonlyMap<Value, Value>,
  dependent: ReadonlySet<Value>,
  { lift, into }: Place,
  receive: (value: Value, adjoint: Value) => void,
): void {
  const incoming = node.outputs.map((output) => adjoints.get(output) ?? null);
  const needs = node.inputs.map((value) => dependent.has(value));
  if (!needs.includes(true) || incoming.every((adjoint) => adjoint === null)) return;
  const { op, attributes, inputs, outputs } = node;
  const call = { inputs: inputs.map(lift), outputs: outputs.map(lift), attributes, needs, node, lift, into };
  op.gradient(call, incoming).forEach((adjoint, i) => {
    if (adjoint && needs[i]) receive(at(inputs, i), adjoint);
  });
}

/** The float values among the nodes' outputs that depend on one of `wrt`, and those themselves. */
function dependents(nodes: readonly Node[], wrt: readonly Value[]): ReadonlySet<Value> {
  const dependent = new Set(wrt);
  for (const node of nodes) {
    if (node.inputs.some((value) => dependent.has(value))) {
      for (const output of node.outputs) if (isFloat(output)) dependent.add(output);
    }
  }
  return dependent;
}
