export { lengthOf } from './gaps.ts';
export {
  type FeatureRows,
  featureRows,
  knownRow,
  pastRow,
  recentRow,
  rowNames,
  seasonRow,
  stackRows,
} from './rows.ts';
export { seasonOffset } from './season.ts';
export { thetaAhead } from './theta.ts';
export { transformSeries } from './transform.ts';
