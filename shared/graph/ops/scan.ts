import { backward } from '../backward.ts';
import { ShapeError } from '../errors.ts';
import {
  type Adjoint,
  addOutput,
  apply,
  type Body,
  type Call,
  createScope,
  type Dim,
  isFloat,
  loopInput,
  type Op,
  type Scope,
  showShape,
  showType,
  type Value,
} from '../value.ts';
import { freeValues, inputsOf } from '../walk.ts';
import { zerosLike } from './broadcast.ts';
import { at, mismatch } from './define.ts';
import { add } from './elementwise.ts';

export interface StepResult {
  readonly states: readonly Value[];
  /** What is stacked over time. */
  readonly outputs: readonly Value[];
}

export interface ScanResult {
  readonly states: readonly Value[];
  readonly outputs: readonly Value[];
}

/**
 * A loop over time.
 *
 * @param states the states on entry
 * @param sequences what is cut into steps along axis 0, `[time, …]`
 * @param step from the states and one step of each sequence `[…]` to the next states and the step's outputs;
 *   values from outside may be used freely
 * @param reverse runs from the last step to the first; outputs still stand in the order of time
 * @returns the states after the last step and each output stacked `[time, …]`
 * @throws ShapeError where a state changes its type, or the sequences differ in length
 */
export function scan(
  states: readonly Value[],
  sequences: readonly Value[],
  step: (states: readonly Value[], slices: readonly Value[]) => StepResult,
  reverse = false,
): ScanResult {
  const parent = deepestScope([...states, ...sequences]);
  return buildLoop(parent, states, sequences, reverse, (_, bodyStates, slices) => ({
    ...step(bodyStates, slices),
    late: () => [],
  }));
}

/** A sequence that turns out to be needed only while the body is being built, and its step in the body. */
interface LateSequence {
  readonly sequence: Value;
  readonly slice: Value;
}

function buildLoop(
  parent: Scope | null,
  states: readonly Value[],
  sequences: readonly Value[],
  reverse: boolean,
  build: (
    scope: Scope,
    states: readonly Value[],
    slices: readonly Value[],
  ) => StepResult & { late(used: ReadonlySet<Value>): readonly LateSequence[] },
): ScanResult {
  const scope = createScope(parent);
  const bodyStates = states.map((value) => loopInput(scope, value));
  const slices = sequences.map((value) => loopInput(scope, { ...value, shape: value.shape.slice(1) }));
  const { states: nextStates, outputs, late } = build(scope, bodyStates, slices);
  const results = [...nextStates, ...outputs];
  const lateSequences = late(inputsOf(results, scope));
  const body: Body = {
    scope,
    reverse,
    states: bodyStates,
    slices: [...slices, ...lateSequences.map(({ slice }) => slice)],
    nextStates,
    stacked: [...outputs],
  };
  const captured = freeValues(results, scope).filter((value) => value.scope !== null);
  const made = apply(
    scanOp,
    [...states, ...sequences, ...lateSequences.map(({ sequence }) => sequence), ...captured],
    {},
    body,
  );
  return {
    states: made.slice(0, states.length),
    outputs: made.slice(states.length, states.length + outputs.length),
  };
}

const deepestScope = (values: readonly Value[]) =>
  values.reduce<Value['scope']>(
    (deepest, { scope }) => ((scope?.depth ?? -1) > (deepest?.depth ?? -1) ? scope : deepest),
    null,
  );

const scanOp: Op = {
  name: 'Scan',
  infer: (inputs, _, body) => {
    if (!body) throw new TypeError('a loop has a body');
    body.nextStates.forEach((next, i) => {
      const state = at(body.states, i);
      if (showType(next) !== showType(state))
        throw mismatch('scan', `state ${i} must keep its type`, state, next);
    });
    const time = timeOf(inputs.slice(body.states.length, body.states.length + body.slices.length));
    return [
      ...body.nextStates,
      ...body.stacked.map(({ dtype, shape }) => ({ dtype, shape: [time, ...shape] })),
    ];
  },
  gradient: scanGradient,
};

function timeOf(sequences: readonly Value[]): Dim {
  const first = sequences[0];
  if (!first || first.shape.length === 0) {
    throw new ShapeError({
      rule: 'scan: at least one sequence with a time axis is needed',
      received: first ? showShape(first.shape) : 'none',
      remedy: 'pass a value [time, …]',
    });
  }
  for (const other of sequences) {
    if (other.shape[0] !== first.shape[0])
      throw mismatch('scan', 'sequences must have one length', first, other);
  }
  return at(first.shape, 0);
}

/**
 * The gradient of a loop is a loop in reverse. Its states are the gradients of the forward states and, for
 * each value the body uses from outside, the gradient gathered so far; what it needs of the forward loop is
 * handed out there as one more output, or is one of its sequences already.
 */
function scanGradient(call: Call, adjoints: readonly Adjoint[]): readonly Adjoint[] {
  const { node, inputs, needs } = call;
  const body = node.body as Body;
  const stateCount = body.states.length;
  const capturedFrom = stateCount + body.slices.length;
  const captured = node.inputs.slice(capturedFrom);

  // Which states, stacked outputs, sequences and outside values take part.
  const stateIds = body.states.flatMap((state, i) => (isFloat(state) ? [i] : []));
  const stackedIds = body.stacked.flatMap((_, i) => (adjoints[stateCount + i] ? [i] : []));
  const sequenceIds = body.slices.flatMap((_, i) => (needs[stateCount + i] ? [i] : []));
  const capturedIds = captured.flatMap((_, i) => (needs[capturedFrom + i] ? [i] : []));

  const initial = [
    ...stateIds.map((i) => adjoints[i] ?? zerosLike(at(call.outputs, i))),
    ...capturedIds.map((i) => zerosLike(at(inputs, capturedFrom + i))),
  ];
  const incoming = stackedIds.map((i) => adjoints[stateCount + i] as Value);
  const { states, outputs } = buildLoop(
    call.into,
    initial,
    incoming,
    !body.reverse,
    (scope, seeds, slices) => {
      const { lift, late } = residuals(call, body, scope);
      const found = backward(
        [
          ...stateIds.map((i, k) => ({ value: at(body.nextStates, i), adjoint: at(seeds, k) })),
          ...stackedIds.map((i, k) => ({ value: at(body.stacked, i), adjoint: at(slices, k) })),
        ],
        [
          ...stateIds.map((i) => at(body.states, i)),
          ...capturedIds.map((i) => at(captured, i)),
          ...sequenceIds.map((i) => at(body.slices, i)),
        ],
        { from: body.scope, into: scope, lift },
      );
      const forStates = stateIds.map((i, k) => found[k] ?? zerosLike(lift(at(body.states, i))));
      const forCaptured = capturedIds.map((_, k) => {
        const [sum, part] = [at(seeds, stateIds.length + k), found[stateIds.length + k]];
        return part ? add(sum, part) : sum;
      });
      const forSequences = sequenceIds.map(
        (i, k) => found[stateIds.length + capturedIds.length + k] ?? zerosLike(lift(at(body.slices, i))),
      );
      return { states: [...forStates, ...forCaptured], outputs: forSequences, late };
    },
  );

  const result: Adjoint[] = inputs.map(() => null);
  const place = (ids: readonly number[], offset: number, values: readonly Value[]) =>
    ids.forEach((i, k) => {
      result[offset + i] = at(values, k);
    });
  place(stateIds, 0, states.slice(0, stateIds.length));
  place(capturedIds, capturedFrom, states.slice(stateIds.length));
  place(sequenceIds, stateCount, outputs);
  return result;
}

/** The values of the forward loop at the same step, as the reverse loop sees them. */
function residuals({ node, inputs, lift: liftOutside }: Call, body: Body, reverse: Scope) {
  const lifted = new Map<Value, Value>();
  const lift = (value: Value): Value => {
    if (value.scope !== body.scope) return liftOutside(value);
    const slice = lifted.get(value) ?? loopInput(reverse, value);
    lifted.set(value, slice);
    return slice;
  };
  const sequenceOf = (value: Value): Value => {
    const asSlice = body.slices.indexOf(value);
    if (asSlice >= 0) return at(inputs, body.states.length + asSlice);
    let asOutput = body.stacked.indexOf(value);
    if (asOutput < 0) {
      asOutput = body.stacked.push(value) - 1;
      const time = timeOf(inputs.slice(body.states.length, body.states.length + body.slices.length));
      addOutput(node, { dtype: value.dtype, shape: [time, ...value.shape] });
    }
    return liftOutside(at(node.outputs, body.states.length + asOutput));
  };
  const late = (used: ReadonlySet<Value>): readonly LateSequence[] =>
    [...lifted].flatMap(([value, slice]) =>
      used.has(slice) ? [{ slice, sequence: sequenceOf(value) }] : [],
    );
  return { lift, late };
}
