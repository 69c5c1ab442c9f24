export { exportForecaster, type Stretch, type View } from './ensemble.ts';
export { type FeatureRows, featureRows, rowNames, stackRows } from './features/index.ts';
export { asSeries, covariateColumns, forChannels } from './history.ts';
export { rowsAt, type StepInputs, span, stepEnds, stepInputs } from './inputs.ts';
export { baselinesGraph, wayBackGraph } from './judged.ts';
export { knotsOf } from './knots.ts';
export { memberLayout, quantilesOf, runMember, type StepOutputs } from './member.ts';
export {
  type ForecasterSettings,
  leastVariation,
  lookback,
  type MemberSettings,
  type Mixture,
  type MixtureBaseline,
  mixtureBaselines,
  type StaticFeature,
  type Transform,
} from './settings.ts';
export { encodeStatics, listedStatics, staticInputs } from './statics.ts';
