export {
  type Budget,
  budgetOf,
  type Configuration,
  type ConfigurationInput,
  configurationJsonSchema,
  configurationSchema,
  parseConfiguration,
} from './configuration.ts';
export {
  type Job,
  type JobInputs,
  type JobMetrics,
  jobSchema,
  listJobs,
  newJob,
  readJob,
  statedError,
  updateJob,
  writeJob,
} from './job.ts';
export { type Latest, readLatest, writeLatest } from './latest.ts';
