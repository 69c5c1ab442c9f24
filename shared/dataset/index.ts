export { DataError, LimitError, PanelError, type Place, printPlace } from './errors.ts';
export { decodePanel, encodePanel, panelFingerprint } from './panel/binary.ts';
export { append, cutLast } from './panel/change.ts';
export {
  emptyPanel,
  findItem,
  itemEnd,
  itemFuture,
  itemKnown,
  itemLength,
  itemPast,
  itemStart,
  itemStatics,
  itemTarget,
  type KnownCovariates,
  type Panel,
  type PanelShape,
  type PastCovariates,
  panelRows,
  type StaticCovariate,
} from './panel/panel.ts';
export type { FutureOptions } from './read/future.ts';
export { type Head, readHead } from './read/head.ts';
export { type Limits, memoryOf, secondsOf, tooMuchMemory, tooSlow } from './read/limits.ts';
export type { TextOptions } from './read/prepare.ts';
export { type Dataset, type ReadOptions, readColumns, readDataset, readFuture } from './read/read.ts';
export type { Chosen, RoleOptions, Roles } from './read/roles.ts';
export { leakText, printReport, type QualityReport } from './report.ts';
export { convertToParquet } from './write.ts';
