import { openSession, type Tensor, tensor } from '../../shared/graph/index.ts';
import {
  type CellActivations,
  type CellName,
  cells,
  exportNetwork,
  type NetworkSettings,
  networkSettings,
} from '../../shared/model/index.ts';
import { normalTensor, stepForm, trainedParameters } from '../support/step-form.ts';
import type { Question, Tensors } from './python.ts';

interface Kind {
  readonly cell: CellName;
  readonly activations?: Partial<CellActivations>;
}

/** All cells; for the two that leave a choice, each activation in each of its places. */
export const kinds: Readonly<Record<string, Kind>> = {
  'elman (tanh)': { cell: 'elman', activations: { f: 'tanh' } },
  'elman (sigmoid)': { cell: 'elman', activations: { f: 'sigmoid' } },
  'elman (relu)': { cell: 'elman', activations: { f: 'relu' } },
  'elman (identity)': { cell: 'elman', activations: { f: 'identity' } },
  'dual (tanh, sigmoid, tanh)': { cell: 'dual', activations: { f: 'tanh', g: 'sigmoid', o: 'tanh' } },
  'dual (relu, identity, sigmoid)': { cell: 'dual', activations: { f: 'relu', g: 'identity', o: 'sigmoid' } },
  'dual (sigmoid, tanh, identity)': { cell: 'dual', activations: { f: 'sigmoid', g: 'tanh', o: 'identity' } },
  'dual (identity, relu, relu)': { cell: 'dual', activations: { f: 'identity', g: 'relu', o: 'relu' } },
  gru: { cell: 'gru' },
  lstm: { cell: 'lstm' },
};

/** Where the states on entry come from: the network's own, one fed for each series, one fed for all of them. */
export const entries = ['own', 'each', 'one'] as const;
export type Entry = (typeof entries)[number];

interface Run {
  readonly entry: Entry;
  readonly batch: number;
  readonly time: number;
  /** For the exported model. */
  readonly feeds: Tensors;
  /** For the step form, which takes a state for each series. */
  readonly stepFeeds: Tensors;
}

/** An exported network with its runs, and what our side makes of them. */
export interface ExportedNetwork extends Question {
  readonly kind: string;
  readonly title: string;
  readonly settings: NetworkSettings;
  readonly cases: readonly Run[];
  /** The same network exported with states that must be fed: ONNX Runtime for Node feeds no others. */
  readonly onnxToFeed: Uint8Array;
  /** The exported models on ONNX Runtime for Node, run by run. */
  readonly node: readonly Tensors[];
  /** The cell's equations in our own loop, run by run. */
  readonly step: readonly Tensors[];
}

const [inputs, units, outputs] = [3, 5, 2];

export async function exportedNetworks(): Promise<readonly ExportedNetwork[]> {
  const networks: ExportedNetwork[] = [];
  for (const [kind, { cell, activations }] of Object.entries(kinds)) {
    for (const layers of [1, 2]) {
      for (const readout of ['every', 'last'] as const) {
        for (const initialState of ['zero', 'random', 'given', 'learned'] as const) {
          const seed = networks.length;
          const settings = networkSettings({
            ...{ cell, inputs, units, outputs, layers, readout, initialState, seed },
            ...(activations && { activations }),
          });
          networks.push(
            await exported(kind, `${layers} layers, read-out ${readout}, states ${initialState}`, settings),
          );
        }
      }
    }
  }
  return networks;
}

async function exported(kind: string, title: string, settings: NetworkSettings): Promise<ExportedNetwork> {
  const parameters = trainedParameters(settings);
  const onnx = await exportNetwork(settings, parameters);
  const cases = runsOf(settings);
  const weights: Tensors = {
    parameters: { dtype: 'float32', shape: [parameters.length], data: parameters },
  };
  const onnxToFeed = await exportNetwork(settings, parameters, { states: 'required' });
  const models = { own: await openSession(onnx), fed: await openSession(onnxToFeed) };
  const steps = {
    own: await openSession(stepForm(settings, false)),
    fed: await openSession(stepForm(settings, true)),
  };
  const node: Tensors[] = [];
  const step: Tensors[] = [];
  for (const { entry, feeds, stepFeeds } of cases) {
    const states = entry === 'own' ? 'own' : 'fed';
    node.push(await models[states].run(feeds));
    step.push(await steps[states].run({ ...weights, ...stepFeeds }));
  }
  for (const session of [models.own, models.fed, steps.own, steps.fed]) await session.release();
  const runs = cases.map(({ feeds }) => feeds);
  return { kind, title, settings, onnx, onnxToFeed, cases, runs, node, step };
}

function runsOf({ cell, layers, initialState }: NetworkSettings): readonly Run[] {
  // A network whose states are given has none of its own.
  const possible = entries.filter((entry) => entry !== 'own' || initialState !== 'given');
  return possible.flatMap((entry) =>
    [1, 64].flatMap((batch) =>
      [1, 7, 30].map((time) => {
        const input = normalTensor(time, [batch, time, inputs]);
        if (entry === 'own') return { entry, batch, time, feeds: { input }, stepFeeds: { input } };
        const states = cells[cell].states.map((state, i) => {
          const size = entry === 'one' ? 1 : batch;
          return [`initial_${state}`, normalTensor(100 + i, [layers, size, units])] as const;
        });
        const repeated = states.map(([name, state]) => [name, forEach(state, batch)] as const);
        return {
          ...{ entry, batch, time },
          feeds: { input, ...Object.fromEntries(states) },
          stepFeeds: { input, ...Object.fromEntries(repeated) },
        };
      }),
    ),
  );
}

/** A state `[layers, 1 or batch, units]`, repeated for each series of the batch. */
function forEach({ shape, data }: Tensor, batch: number): Tensor {
  const [layers = 1, size = 1] = shape;
  if (size === batch) return { dtype: 'float32', shape, data };
  const rows = Array.from({ length: layers * batch }, (_, row) => {
    const layer = Math.floor(row / batch);
    return Array.from((data as Float32Array).subarray(layer * units, (layer + 1) * units));
  });
  return tensor('float32', [layers, batch, units], rows.flat());
}
