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
export { fusedWeights, hasFusedForm, runFused } from './fused.ts';
export {
  decayMask,
  forward,
  initialNumbers,
  initialParameters,
  type LayerStates,
  type NetworkInputs,
  type NetworkResult,
  type NetworkWeights,
  type Parameter,
  parameterCount,
  parameterLayout,
  type RunLayer,
  runByStep,
  weightsOf,
} from './network.ts';
export {
  type InitialState,
  type NetworkOptions,
  type NetworkSettings,
  networkSettings,
  type Readout,
} from './settings.ts';
