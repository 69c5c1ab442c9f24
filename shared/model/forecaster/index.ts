export { asSeries, type Context, normalise } from './context.ts';
export { exportForecaster, type Stretch } from './ensemble.ts';
export { inputWidth, rowsAround, stepEnds, stepInputs } from './inputs.ts';
export { memberLayout, runMember } from './member.ts';
export { contextLength, type ForecasterSettings, type MemberSettings } from './settings.ts';
