import { show } from '../errors/index.ts';
import { checkKey } from './key.ts';
import { KeyError } from './store.ts';

/** Names that stand in URLs, token patterns and keys: datasets, jobs, versions, file names of ours. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws KeyError where `name` could not stand in a URL and in a key as it is */
export function checkName(what: string, name: string): string {
  if (!namePattern.test(name)) {
    throw new KeyError({
      rule: `the name of a ${what} must have 1..64 letters (a-z, A-Z), digits, '.', '_' or '-' and begin with a letter or digit`,
      received: show(name),
      remedy: 'choose another name',
    });
  }
  return name;
}

const folder =
  (root: string) =>
  (dataset: string): string =>
    `${root}/${checkName('dataset', dataset)}/`;

const datasets = folder('datasets');
const jobs = folder('jobs');
const runs = folder('runs');
const models = folder('models');
const series = folder('series');
const staging = folder('staging');
const exportsOf = folder('exports');

const run = (dataset: string, job: string) => `${runs(dataset)}${checkName('job', job)}/`;
const member = (dataset: string, job: string, index: number) => `${run(dataset, job)}members/${index}/`;
const staged = (dataset: string, upload: string) => `${staging(dataset)}${checkName('upload', upload)}/`;
const model = (dataset: string, version: string) => `${models(dataset)}${checkName('version', version)}/`;

/** Where everything lies: the store's layout, defined here and nowhere else. What ends in `/` is a prefix. */
export const keys = {
  /** All datasets, one folder each. */
  allDatasets: 'datasets/',
  allJobs: 'jobs/',
  allModels: 'models/',
  allExports: 'exports/',
  /** What the user uploads; several objects are parts of one table. */
  datasets,
  upload: (dataset: string, file: string) => checkKey(`${datasets(dataset)}${file}`),
  /** What was uploaded to be looked at first; it becomes part of the dataset by a commit, or goes after some days. */
  staging,
  stagedUpload: staged,
  stagedFile: (dataset: string, upload: string, file: string) =>
    checkKey(`${staged(dataset, upload)}${file}`),
  /** The user's configuration, if there is one. */
  configuration: (dataset: string) => `${datasets(dataset)}tidecast.yaml`,
  /** The dataset's job documents. */
  jobs,
  job: (dataset: string, job: string) => `${jobs(dataset)}${checkName('job', job)}.json`,
  /** Which job is the newest, and what it is made of. */
  latestJob: (dataset: string) => `${jobs(dataset)}latest.json`,
  /** How the data looked that a job has read: it is kept as long as the job's document. */
  quality: (dataset: string, job: string) => `${jobs(dataset)}quality/${checkName('job', job)}.json`,
  /** The losses of the members of a job that ended well: kept as long. */
  curves: (dataset: string, job: string) => `${jobs(dataset)}curves/${checkName('job', job)}.json`,
  /** What the dataset's jobs leave behind on their way. */
  runs,
  run,
  panel: (dataset: string, job: string) => `${run(dataset, job)}panel.bin`,
  plan: (dataset: string, job: string) => `${run(dataset, job)}plan.json`,
  /** What the holdout decided: steps and mixture. */
  choices: (dataset: string, job: string) => `${run(dataset, job)}choices.json`,
  /** The weights that the members start from, where a parent hands them down. */
  parentParameters: (dataset: string, job: string) => `${run(dataset, job)}parent.bin`,
  /** One member's checkpoint, loss curve and parameters. */
  member,
  memberFile: (dataset: string, job: string, index: number, file: string) =>
    `${member(dataset, job, index)}${checkName('file', file)}`,
  /** The losses of one fit of a member so far. */
  curve: (dataset: string, job: string, index: number, phase: string) =>
    `${member(dataset, job, index)}${checkName('phase', phase)}.curve`,
  /** The dataset's versions, and the pointer to the one that serves. */
  models,
  model,
  modelFile: (dataset: string, version: string, file: string) =>
    `${model(dataset, version)}${checkName('file', file)}`,
  current: (dataset: string) => `${models(dataset)}current.json`,
  /** Forecasts for all items, as somebody asked for them: documents, and their files in a folder below. */
  exports: exportsOf,
  export: (dataset: string, id: string) => `${exportsOf(dataset)}${checkName('export', id)}.json`,
  exportFiles: (dataset: string, id: string) => `${exportsOf(dataset)}files/${checkName('export', id)}/`,
  exportFile: (dataset: string, id: string, file: string) =>
    `${exportsOf(dataset)}files/${checkName('export', id)}/${checkName('file', file)}`,
  /** What became of the first request with an `Idempotency-Key`. */
  request: (id: string) => `requests/${checkName('request', id)}.json`,
  /** The items' newest observations. */
  series,
  shard: (dataset: string, shard: string) => `${series(dataset)}${checkName('shard', shard)}`,
  /** The items' names, sorted, in pages. */
  seriesIndex: (dataset: string) => `${series(dataset)}index/root.json`,
  seriesIndexPage: (dataset: string, page: string) =>
    `${series(dataset)}index/${checkName('page', page)}.json`,
} as const;

/** The dataset that an upload's key belongs to; null for any other key. */
export function datasetOf(key: string): string | null {
  const [root, dataset, ...file] = key.split('/');
  return root === 'datasets' && dataset && namePattern.test(dataset) && file.join('/') !== ''
    ? dataset
    : null;
}
