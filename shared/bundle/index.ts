export {
  coverageSchema,
  overallAccuracySchema,
  type SeriesScores,
  type StoredAccuracy,
  type StoredItemAccuracy,
  seriesScores,
  seriesScoresSchema,
} from './accuracy/document.ts';
export {
  accuracyFile,
  accuracyShardBytes,
  accuracyShardFile,
  accuracyShardOf,
  accuracyShards,
} from './accuracy/files.ts';
export { readAccuracy, readItemAccuracy } from './accuracy/read.ts';
export { type Current, type Move, type Promotion, promote, readCurrent, versionBefore } from './current.ts';
export { type BundleDescription, type BundleInput, type BundleMetrics, fileName } from './description.ts';
export { BundleError, SeriesError } from './errors.ts';
export { type BundleParts, type PackedBundle, packBundle } from './pack.ts';
export {
  type Bundle,
  listVersions,
  readBundle,
  readBundleDirectory,
  readDescription,
  verifyBundle,
} from './read.ts';
export { periodsKept, readSeries, type SeriesUpdate, updateSeries } from './series/index.ts';
export {
  type Block,
  emptyBlock,
  firstOf,
  mergeRecords,
  type SeriesRecord,
  stepsOf,
} from './series/record.ts';
export { type ItemPage, type ItemSearch, searchItems } from './series/search.ts';
export type { ShardLimits } from './series/shards.ts';
export { type SeriesShard, walkSeries } from './series/walk.ts';
export { writeBundle } from './write.ts';
