export { lengthOf } from './gaps.ts';
export { type FeatureRows, featureRows, knownRow, rowNames, seasonRow, stackRows } from './rows.ts';
export { seasonOffset } from './season.ts';
export { thetaAhead } from './theta.ts';
