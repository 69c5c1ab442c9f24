import type { Node, Scope, Value } from './value.ts';

/** What a node reads: its inputs, and what its body uses from outside. */
function reads(node: Node): readonly Value[] {
  const { body } = node;
  return body
    ? [...node.inputs, ...freeValues([...body.nextStates, ...body.stacked], body.scope)]
    : node.inputs;
}

/**
 * The nodes of one scope that the values depend on, each after all it reads. Nodes without a scope (they
 * compute constants) belong to the main graph. Ids grow with construction, so sorting by them is enough.
 */
export function nodesOf(
  values: readonly Value[],
  scope: Scope | null,
  includeScopeless = false,
): readonly Node[] {
  const found = new Set<Node>();
  const open = [...values];
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.source.kind !== 'output') continue;
    const { node } = value.source;
    const belongs = node.scope === scope || (includeScopeless && node.scope === null);
    if (!belongs || found.has(node)) continue;
    found.add(node);
    open.push(...reads(node));
  }
  return [...found].sort((a, b) => a.id - b.id);
}

/** The values that a body takes from outside, constants included. */
export function freeValues(results: readonly Value[], scope: Scope): readonly Value[] {
  const free = new Set<Value>();
  const consider = (value: Value) => {
    if (value.scope !== scope) free.add(value);
  };
  results.forEach(consider);
  for (const node of nodesOf(results, scope)) reads(node).forEach(consider);
  return [...free];
}

/** The inputs of a scope that the values depend on. */
export function inputsOf(values: readonly Value[], scope: Scope): ReadonlySet<Value> {
  const found = new Set<Value>();
  const consider = (value: Value) => {
    if (value.scope === scope && value.source.kind === 'loop') found.add(value);
  };
  values.forEach(consider);
  for (const node of nodesOf(values, scope, true)) reads(node).forEach(consider);
  return found;
}
