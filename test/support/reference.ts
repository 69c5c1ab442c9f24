import { readFileSync } from 'node:fs';
import { type ForecasterSettings, type MemberSettings, memberLayout } from '../../shared/model/index.ts';
import { tinySettings } from './forecaster.ts';

/** A network of the recipe's reference, as scripts/golden/network.py wrote it. */
export interface ReferenceMember {
  readonly rule: {
    readonly w: number;
    readonly stride: number;
    readonly first: number;
    readonly scale: 'loc' | 'glob';
    readonly theta: boolean;
  };
  /** By PyTorch's names, flat. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** `[series][horizon][quantile]` */
  readonly forecasts: readonly (readonly (readonly number[])[])[];
}

export interface ReferenceCase {
  readonly season: number;
  readonly horizon: number;
  readonly units: number;
  readonly series: readonly (readonly number[])[];
  readonly members: readonly ReferenceMember[];
  /** The reference's ensemble of all members but the last. */
  readonly together: ReferenceMember['forecasts'];
}

export function referenceCases(): readonly ReferenceCase[] {
  const text = readFileSync(new URL('../golden/network.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: readonly ReferenceCase[] }).cases;
}

/** The reference's members as settings of ours; `unit` is what the data say. */
export function settingsOf(
  { season, horizon, units, series, members }: ReferenceCase,
  unit: number,
): ForecasterSettings {
  const [{ rule } = { rule: { stride: 1, first: 3 } }] = members;
  return tinySettings({
    ...{ transform: 'log', horizon, unit, seasons: season > 1 ? [season] : [], calendar: [], gaps: false },
    ...{ steps: 48, stride: rule.stride, first: rule.first },
    // The reference looks at whole series.
    context: 2 * Math.max(...series.map(({ length }) => length)),
    members: members.map(
      ({ rule: { w, scale, theta } }): MemberSettings => ({
        ...{ cell: 'lstm', units, window: w, scale: scale === 'loc' ? 'local' : 'global', theta },
        ...{ weighting: 0, seed: 1 },
      }),
    ),
  });
}

/** The order in which PyTorch stacks an LSTM's gates. */
const gates = ['input', 'forget', 'cell', 'output'];

/** A reference network's weights in a member's vector. */
export function memberVector(
  settings: ForecasterSettings,
  member: MemberSettings,
  weights: ReferenceMember['weights'],
): Float32Array {
  const { units } = member;
  const torch = (name: string, index: number): number => {
    const number = weights[name]?.[index];
    if (number === undefined) throw new RangeError(`${name} has no number ${index}`);
    return number;
  };
  const inputs = (weights['rnn.weight_ih_l0']?.length ?? 0) / (4 * units);
  const { horizon, levels } = settings;
  /** Where the reference has an output of ours: it keeps the quantiles of a step together, we the steps of a quantile. */
  const place = (column: number) => (column % horizon) * levels.length + Math.floor(column / horizon);
  /** The reference keeps matrices as `[output, input]`, we as `[input, output]`. */
  const readers: Readonly<Record<string, (row: number, column: number) => number>> = {
    initial_h: (_, column) => torch('h0', column),
    initial_c: (_, column) => torch('c0', column),
    weight: (row, column) => torch('out.weight', place(column) * units + row),
    bias: (_, column) => torch('out.bias', place(column)),
    skip: (row, column) => torch('skip.weight', place(column) * inputs + row),
  };
  /** One block for each gate: rows for the hidden state, rows for the input, one row for the bias. */
  const ofGate = (gate: number) => (row: number, column: number) => {
    const unit = gate * units + column;
    if (row < units) return torch('rnn.weight_hh_l0', unit * units + row);
    if (row < units + inputs) return torch('rnn.weight_ih_l0', unit * inputs + row - units);
    return torch('rnn.bias_ih_l0', unit) + torch('rnn.bias_hh_l0', unit);
  };
  return Float32Array.from(
    memberLayout(settings, member).flatMap(({ name, shape: [rows, columns] }) => {
      const read = readers[name] ?? ofGate(gates.indexOf(name));
      return Array.from({ length: rows * columns }, (_, i) => read(Math.floor(i / columns), i % columns));
    }),
  );
}
