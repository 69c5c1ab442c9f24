import { z } from '@hono/zod-openapi';
import { jobSchema } from '../../documents/index.ts';
import { metricsExample } from './metrics-example.ts';
import { json, nameSchema, nextSchema, pageQuery, route } from './route.ts';

export const job = jobSchema.omit({ formatVersion: true }).openapi('Job');
const summary = job.omit({ inputs: true, members: true }).openapi('JobSummary');
const page = z.strictObject({ jobs: z.array(summary), next: nextSchema }).openapi('Jobs');

export type JobSummary = z.output<typeof summary>;

const dataset = nameSchema('Only jobs of this dataset.', 'electricity').optional();

const summaryExample: z.input<typeof summary> = {
  job: 'c0ffee0123456789',
  dataset: 'electricity',
  status: 'done',
  stage: 'end',
  error: null,
  version: '0123456789abcdef',
  promoted: true,
  reason: 'the first version; ahead of the baselines in MASE and wQL',
  metrics: metricsExample,
  seconds: 214,
  gigabyteSeconds: 1530,
  cost: 0.026,
  attempt: 1,
  startedAt: '2024-05-01T12:00:00.000Z',
  updatedAt: '2024-05-01T12:03:34.000Z',
};

/** How a request names one job. */
export const oneJob = {
  params: z.object({ job: nameSchema('The job’s id.', 'c0ffee0123456789') }),
  query: z.strictObject({
    dataset: nameSchema(
      'The job’s dataset; without it the token’s datasets are searched.',
      'electricity',
    ).optional(),
  }),
};

export const jobExample: z.input<typeof job> = {
  ...summaryExample,
  inputs: {
    fingerprint: '89abcdef01234567',
    objects: [{ key: 'datasets/electricity/2024.csv', etag: '9b2cf535f27731c974343645a3985328' }],
    parent: null,
  },
  members: [{ phase: 'done', step: 800, steps: 800, loss: 0.113 }],
};

export const jobsRoute = route(
  { access: { scopes: ['upload'], dataset: { query: 'dataset' } }, problems: ['REQUEST'] },
  {
    method: 'get',
    path: '/v1/jobs',
    operationId: 'listJobs',
    tags: ['jobs'],
    summary: 'Jobs of the token’s datasets, the last changed first',
    request: { query: z.strictObject({ dataset, ...pageQuery }) },
    responses: {
      200: { description: 'A page of jobs.', content: json(page, { jobs: [summaryExample], next: null }) },
    },
  },
);

export const jobRoute = route(
  { access: { scopes: ['upload'], dataset: { query: 'dataset' } }, problems: ['REQUEST', 'UNKNOWN_JOB'] },
  {
    method: 'get',
    path: '/v1/jobs/{job}',
    operationId: 'getJob',
    tags: ['jobs'],
    summary: 'One job: how far it is, or how it ended',
    request: oneJob,
    responses: {
      200: {
        description: 'The job.',
        content: json(job, jobExample),
      },
    },
  },
);
