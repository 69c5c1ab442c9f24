import { z } from '@hono/zod-openapi';
import { fileName } from '../../bundle/index.ts';
import { closed } from '../issues.ts';
import { removal } from './datasets.ts';
import { metricsExample } from './metrics-example.ts';
import { modelMetrics } from './models.ts';
import { fileResponses, json, nameSchema, nextSchema, pageQuery, route } from './route.ts';

const version = z
  .strictObject({
    version: z.string(),
    serving: z.boolean().describe('Whether it is the one that serves.'),
    promoted: z.boolean().nullable().describe('Whether it came to serve when it was made; null: not known.'),
    reason: z.string().nullable().describe('Why it did or did not; null: not known.'),
    job: z.string().nullable().describe('The job that made it; null: not known.'),
    parent: z.string().nullable().describe('The version whose weights it started from.'),
    metrics: modelMetrics,
    files: z.array(z.strictObject({ file: z.string(), size: z.int().describe('In bytes.') })),
    at: z.string().describe('When it was written.'),
  })
  .openapi('ModelVersion');

const page = z
  .strictObject({ model: z.string(), versions: z.array(version), next: nextSchema })
  .openapi('ModelVersions');

const rollbackRequest = closed({
  version: nameSchema(
    'The version that is to serve. Default: the one before.',
    '0123456789abcdef',
  ).optional(),
}).openapi('RollbackRequest');

const rolledBack = z
  .strictObject({
    model: z.string(),
    version: z.string(),
    before: z.string().describe('What served until now.'),
  })
  .openapi('Rollback');

const removed = z.strictObject({ model: z.string(), ...removal }).openapi('ModelRemoval');

export type ModelVersion = z.output<typeof version>;

const params = z.object({ model: nameSchema('The model.', 'electricity') });
const dataset = { param: 'model' } as const;
const tags = ['models'];
const path = '/v1/models/{model}';

export const versionsRoute = route(
  { access: { scopes: ['forecast', 'upload'], dataset }, problems: ['REQUEST', 'UNKNOWN_MODEL'] },
  {
    method: 'get',
    path: `${path}/versions`,
    operationId: 'listVersions',
    tags,
    summary: 'The versions that are there, the newest first, and why each serves or does not',
    request: { params, query: z.strictObject(pageQuery) },
    responses: {
      200: {
        description: 'A page of versions.',
        content: json(page, {
          model: 'electricity',
          versions: [
            {
              version: '0123456789abcdef',
              serving: true,
              promoted: true,
              reason: 'the first version; ahead of the baselines in MASE and wQL',
              job: 'c0ffee0123456789',
              parent: null,
              metrics: metricsExample,
              files: [{ file: 'forecaster.onnx', size: 1_482_113 }],
              at: '2024-05-01T12:03:34.000Z',
            },
          ],
          next: null,
        }),
      },
    },
  },
);

export const rollbackRoute = route(
  {
    access: { scopes: ['admin'], dataset },
    creates: true,
    problems: [
      ...(['MALFORMED', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'REQUEST'] as const),
      ...(['UNKNOWN_MODEL', 'UNKNOWN_VERSION', 'STORE_CONFLICT', 'BUNDLE'] as const),
    ],
  },
  {
    method: 'post',
    path: `${path}/rollback`,
    operationId: 'rollBackModel',
    tags,
    summary: 'Lets another version serve',
    description:
      'Called twice without a version, it is undone. Stored observations stay: they are no part of a version.',
    request: {
      params,
      body: { required: true, content: json(rollbackRequest, { version: '0123456789abcdef' }) },
    },
    responses: {
      200: {
        description: 'That version serves.',
        content: json(rolledBack, {
          model: 'electricity',
          version: '0123456789abcdef',
          before: 'fedcba9876543210',
        }),
      },
    },
  },
);

export const bundleRoute = route(
  {
    access: { scopes: ['forecast', 'upload'], dataset },
    problems: ['REQUEST', 'UNKNOWN_MODEL', 'UNKNOWN_VERSION', 'UNKNOWN_FILE', 'BUNDLE'],
  },
  {
    method: 'get',
    path: `${path}/bundle`,
    operationId: 'getBundle',
    tags,
    summary: 'A file of a version, such as the ONNX graph',
    request: {
      params,
      query: z.strictObject({
        version: nameSchema('Default: the one that serves.', '0123456789abcdef').optional(),
        file: fileName
          .default('forecaster.onnx')
          .describe('One of the files that the list of versions names.'),
      }),
    },
    responses: fileResponses,
  },
);

export const removeModelRoute = route(
  { access: { scopes: ['admin'], dataset }, problems: ['REQUEST', 'UNKNOWN_MODEL', 'JOB_RUNNING'] },
  {
    method: 'delete',
    path,
    operationId: 'deleteModel',
    tags,
    summary: 'Removes all versions of a model; its data and stored observations stay',
    request: { params },
    responses: {
      200: {
        description: 'It is removed, or a part of it.',
        content: json(removed, { model: 'electricity', removed: 12, complete: true }),
      },
    },
  },
);
