export { exportForecaster, type Stretch } from './ensemble.ts';
export { type FeatureRows, featureRows, rowNames, stackRows } from './features/index.ts';
export { asSeries, forChannels, knownColumns } from './history.ts';
export { rowsAt, type StepInputs, span, stepEnds, stepInputs } from './inputs.ts';
export { memberLayout, runMember } from './member.ts';
export {
  type ForecasterSettings,
  leastVariation,
  lookback,
  type MemberSettings,
  type Transform,
} from './settings.ts';
