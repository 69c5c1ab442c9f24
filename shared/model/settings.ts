import { ConfigurationError, nearest, show } from '../errors/index.ts';
import { type Activation, activations, type CellActivations, type CellName, cells } from './cells.ts';

/** Where a network's states start: at zero, at seeded random numbers, given with each batch, or learned. */
const initialStates = ['zero', 'random', 'given', 'learned'] as const;
export type InitialState = (typeof initialStates)[number];

/** Whether the network answers at every step or after the last. */
const readouts = ['every', 'last'] as const;
export type Readout = (typeof readouts)[number];

export interface NetworkSettings {
  readonly cell: CellName;
  /** Input channels. */
  readonly inputs: number;
  /** Width of the hidden state. */
  readonly units: number;
  /** Output channels. */
  readonly outputs: number;
  /** Layers stacked on one another. */
  readonly layers: number;
  /** Only elman (f) and dual (f, g, o) leave a choice. */
  readonly activations: CellActivations;
  /** Share of a layer's outputs that is dropped while training, 0..1. */
  readonly dropout: number;
  readonly initialState: InitialState;
  readonly readout: Readout;
  /** Seed of the first weights and of random initial states. */
  readonly seed: number;
}

const defaults = {
  layers: 1,
  activations: { f: 'tanh', g: 'sigmoid', o: 'tanh' },
  dropout: 0,
  initialState: 'zero',
  readout: 'every',
  seed: 0,
} as const;

export type NetworkOptions = Pick<NetworkSettings, 'cell' | 'inputs' | 'units' | 'outputs'> &
  Partial<Omit<NetworkSettings, 'activations'>> & { readonly activations?: Partial<CellActivations> };

/**
 * Fills in defaults (one layer, tanh, no dropout, states from zero, an answer at every step) and checks.
 *
 * @throws ConfigurationError for the first setting outside its range
 */
export function networkSettings(options: NetworkOptions): NetworkSettings {
  const settings = {
    ...defaults,
    ...options,
    activations: { ...defaults.activations, ...options.activations },
  };
  oneOf('cell', settings.cell, Object.keys(cells));
  for (const name of ['inputs', 'units', 'outputs', 'layers'] as const) {
    check(
      name,
      Number.isInteger(settings[name]) && settings[name] >= 1,
      'a whole number of at least 1',
      settings[name],
    );
  }
  check('dropout', settings.dropout >= 0 && settings.dropout < 1, 'at least 0 and below 1', settings.dropout);
  check('seed', Number.isInteger(settings.seed), 'a whole number', settings.seed);
  oneOf('initialState', settings.initialState, initialStates);
  oneOf('readout', settings.readout, readouts);
  for (const [name, activation] of Object.entries(settings.activations)) {
    oneOf(`activations.${name}`, activation, Object.keys(activations) as Activation[]);
  }
  return settings;
}

function oneOf(name: string, value: unknown, allowed: readonly string[]): void {
  const near = nearest(String(value), allowed);
  const remedy = near ? `did you mean ${near}?` : `choose one of them`;
  check(name, allowed.includes(String(value)), `one of ${allowed.join(', ')}`, value, remedy);
}

function check(name: string, holds: boolean, rule: string, received: unknown, remedy = `mend ${name}`): void {
  if (!holds)
    throw new ConfigurationError({ rule: `${name} must be ${rule}`, received: show(received), remedy });
}
