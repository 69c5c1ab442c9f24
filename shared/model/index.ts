export {
  type Activation,
  activations,
  type Cell,
  type CellActivations,
  type CellName,
  cells,
  type Weights,
} from './cells.ts';
export { type ExportOptions, exportNetwork } from './export.ts';
export * from './forecaster/index.ts';
export { fusedWeights, hasFusedForm, runFused } from './fused.ts';
export { initialNumbers, type LayerStates, type RunLayer, runByStep } from './layers.ts';
export {
  decayMask,
  forward,
  initialParameters,
  type NetworkInputs,
  type NetworkResult,
  parameterCount,
  parameterLayout,
  weightsOf,
} from './network.ts';
export type { ModelWeights, Parameter } from './parameters.ts';
export { countParameters, cutParameters, decaysOf, drawParameters } from './parameters.ts';
export {
  type InitialState,
  type NetworkOptions,
  type NetworkSettings,
  networkSettings,
  type Readout,
} from './settings.ts';
