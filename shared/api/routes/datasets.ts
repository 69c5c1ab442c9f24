import { z } from '@hono/zod-openapi';
import { configurationJsonSchema, qualitySchema } from '../../documents/index.ts';
import { qualityExample } from './quality-example.ts';
import { json, nameSchema, nextSchema, pageQuery, route } from './route.ts';

const status = z.enum(['running', 'done', 'failed', 'cancelled']);
const newest = z
  .strictObject({ job: z.string(), status, stage: z.enum(['plan', 'train', 'assemble', 'end']) })
  .nullable()
  .describe('Its newest job; null before the first.');

const shape = {
  dataset: z.string(),
  job: newest,
  version: z.string().nullable().describe('The version that serves; null where none does.'),
};

const summary = z.strictObject(shape).openapi('DatasetSummary');
const page = z.strictObject({ datasets: z.array(summary), next: nextSchema }).openapi('Datasets');

const file = z.strictObject({
  file: z.string(),
  size: z.int().describe('In bytes.'),
  etag: z.string(),
  modified: z.string(),
});

export const configurationText = z
  .looseObject({})
  // What is checked is said by the schema of tidecast.yaml itself; what was not said stays unsaid.
  .openapi('Configuration', configurationJsonSchema());

const dataset = z
  .strictObject({
    ...shape,
    files: z.array(file).describe('Of the table, by name: of very many the first thousand.'),
    configuration: configurationText
      .nullable()
      .describe('What its configuration says; null where it cannot be read.'),
  })
  .openapi('Dataset');

const report = z
  .strictObject({
    dataset: z.string(),
    job: z.string().describe('The job that read the files.'),
    report: z
      .object(qualitySchema.shape)
      .openapi('QualityReport')
      .nullable()
      .describe('null where the files were refused.'),
    error: z
      .strictObject({ code: z.string(), message: z.string(), remedy: z.string().nullable() })
      .nullable()
      .describe('Why the job failed, where it did.'),
  })
  .openapi('DatasetReport');

const configuration = z
  .strictObject({ dataset: z.string(), configuration: configurationText })
  .openapi('DatasetConfiguration');

const started = z.strictObject({ dataset: z.string(), job: z.string() }).openapi('Retraining');

/** What was removed at most by one request; asking again goes on. */
export const removal = {
  removed: z.int().describe('Objects of the store.'),
  complete: z.boolean().describe('False where there are more: send the request again.'),
};
const removed = z.strictObject({ dataset: z.string(), ...removal }).openapi('DatasetRemoval');

export type DatasetSummary = z.output<typeof summary>;
export type Dataset = z.output<typeof dataset>;
export type DatasetReport = z.output<typeof report>;

const params = z.object({ dataset: nameSchema('The dataset.', 'electricity') });
const access = { scopes: ['upload'], dataset: { param: 'dataset' } } as const;
const tags = ['datasets'];
const path = '/v1/datasets/{dataset}';

const summaryExample: DatasetSummary = {
  dataset: 'electricity',
  job: { job: 'c0ffee0123456789', status: 'done', stage: 'end' },
  version: '0123456789abcdef',
};

export const datasetsRoute = route(
  { access: { scopes: ['upload'] }, problems: ['REQUEST'] },
  {
    method: 'get',
    path: '/v1/datasets',
    operationId: 'listDatasets',
    tags,
    summary: 'The token’s datasets, by name',
    description:
      'A page may have fewer entries than `limit` although there are more: go on until `next` is null.',
    request: { query: z.strictObject(pageQuery) },
    responses: {
      200: {
        description: 'A page of datasets.',
        content: json(page, { datasets: [summaryExample], next: null }),
      },
    },
  },
);

export const datasetRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_DATASET'] },
  {
    method: 'get',
    path,
    operationId: 'getDataset',
    tags,
    summary: 'One dataset: files, configuration, newest job, the version that serves',
    request: { params },
    responses: {
      200: {
        description: 'The dataset.',
        content: json(dataset, {
          ...summaryExample,
          files: [
            {
              file: '2024.csv',
              size: 48_210,
              etag: '9b2cf535f27731c974343645a3985328',
              modified: '2024-05-01T12:00:00.000Z',
            },
          ],
          configuration: { horizon: 24 },
        }),
      },
    },
  },
);

export const reportRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_DATASET', 'UNKNOWN_REPORT'] },
  {
    method: 'get',
    path: `${path}/report`,
    operationId: 'getDatasetReport',
    tags,
    summary: 'How the data looked when the newest job read them, or why they were refused',
    request: { params },
    responses: {
      200: {
        description: 'The report.',
        content: json(report, {
          dataset: 'electricity',
          job: 'c0ffee0123456789',
          error: null,
          report: qualityExample,
        }),
      },
    },
  },
);

export const configurationRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_DATASET', 'CONFIGURATION'] },
  {
    method: 'get',
    path: `${path}/configuration`,
    operationId: 'getConfiguration',
    tags,
    summary: 'What the dataset’s tidecast.yaml says; an empty object where there is none',
    description: 'Its `ETag` is what a change may name in `If-Match`; there is none where there is no file.',
    request: { params },
    responses: {
      200: {
        description: 'The configuration.',
        content: json(configuration, { dataset: 'electricity', configuration: { horizon: 24 } }),
      },
    },
  },
);

export const configureRoute = route(
  {
    access,
    problems: [
      ...(['MALFORMED', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'REQUEST'] as const),
      ...(['CONFIGURATION', 'FREQUENCY', 'PRECONDITION'] as const),
    ],
  },
  {
    method: 'put',
    path: `${path}/configuration`,
    operationId: 'putConfiguration',
    tags,
    summary: 'Replaces the dataset’s configuration',
    description:
      'With `If-Match` only where it is still the one that was read, with `If-None-Match: *` only where there is none. Comments of the file are lost. Where there are files, a training begins by itself, as after an upload.',
    request: { params, body: { required: true, content: json(configurationText, { horizon: 24 }) } },
    responses: {
      200: {
        description: 'The new configuration, with its `ETag`.',
        content: json(configuration, { dataset: 'electricity', configuration: { horizon: 24 } }),
      },
    },
  },
);

export const retrainRoute = route(
  {
    access,
    creates: true,
    problems: ['REQUEST', 'UNKNOWN_DATASET', 'JOB_RUNNING', 'UPLOADS_COMING', 'STORE_CONFLICT', 'NOT_HERE'],
  },
  {
    method: 'post',
    path: `${path}/retrain`,
    operationId: 'retrainDataset',
    tags,
    summary: 'Begins a job on the same files',
    description:
      'A job that failed or was cancelled goes on where it was; one that was done is done once more, from the weights of the version that serves.',
    request: { params },
    responses: {
      200: {
        description: 'The job has begun.',
        content: json(started, { dataset: 'electricity', job: 'c0ffee0123456789' }),
      },
    },
  },
);

export const removeDatasetRoute = route(
  {
    access: { scopes: ['admin'], dataset: { param: 'dataset' } },
    problems: ['REQUEST', 'UNKNOWN_DATASET', 'JOB_RUNNING'],
  },
  {
    method: 'delete',
    path,
    operationId: 'deleteDataset',
    tags,
    summary: 'Removes a dataset: files, jobs, models and stored observations',
    request: { params },
    responses: {
      200: {
        description: 'It is removed, or a part of it.',
        content: json(removed, { dataset: 'electricity', removed: 42, complete: true }),
      },
    },
  },
);
