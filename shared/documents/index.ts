export { CancelledError, cancelJob, checkGoesOn } from './cancel.ts';
export {
  type Budget,
  budgetOf,
  type Configuration,
  type ConfigurationInput,
  configurationJsonSchema,
  configurationSchema,
  parseConfiguration,
} from './configuration.ts';
export { readConfigurationText, writeConfigurationText } from './configuration-text.ts';
export { costOf, type Usage, used } from './cost.ts';
export { type JobCurve, keepCurves, readCurves, writeCurve } from './curves.ts';
export { setting } from './environment.ts';
export {
  createExport,
  type Export,
  type ExportFormat,
  type ExportRequest,
  exportFields,
  exportFormats,
  exportSchema,
  listExports,
  newExport,
  readExport,
  updateExport,
} from './export.ts';
export {
  decideStart,
  inputsFingerprint,
  jobId,
  type Made,
  type Start,
  type StartQuestion,
} from './identity.ts';
export {
  createJob,
  type Job,
  type JobInputs,
  type JobMetrics,
  jobSchema,
  listJobs,
  newJob,
  type Phase,
  phases,
  readJob,
  statedError,
  updateJob,
  writeJob,
} from './job.ts';
export { type Latest, readLatest, writeLatest } from './latest.ts';
export { partOf, type TablePart } from './parts.ts';
export {
  type Preview,
  PreviewError,
  type PreviewProblem,
  previewSchema,
  previewTooLarge,
} from './preview.ts';
export { type Prices, prices } from './prices.ts';
export { type Quality, qualitySchema, readQuality, writeQuality } from './quality.ts';
