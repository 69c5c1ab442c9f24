import { z } from '@hono/zod-openapi';
import { exportFields, exportFormats } from '../../documents/index.ts';
import { closed } from '../issues.ts';
import { requestFields } from './forecast.ts';
import { fileResponses, json, nameSchema, nextSchema, pageQuery, route } from './route.ts';

const exportSchema = z.strictObject(exportFields).openapi('Export');

const page = z
  .strictObject({ model: z.string(), exports: z.array(exportSchema), next: nextSchema })
  .openapi('Exports');

const removed = z
  .strictObject({
    model: z.string(),
    export: z.string(),
    removed: z.int().describe('Objects that were removed.'),
  })
  .openapi('ExportRemoval');

const request = closed({
  format: z.enum(exportFormats).default('csv'),
  horizon: requestFields.horizon,
  quantiles: requestFields.quantiles,
}).openapi('ExportRequest');

export type ExportInput = z.output<typeof request>;
export type ExportAnswer = z.output<typeof exportSchema>;

const id = '20260501T120000Z-0123456789ab';
const params = z.object({ model: nameSchema('The model.', 'electricity') });
const one = params.extend({ export: nameSchema('The export.', id) });
const dataset = { param: 'model' } as const;
const access = { scopes: ['forecast'], dataset } as const;
const tags = ['exports'];
const path = '/v1/models/{model}/exports';

const example = {
  export: id,
  ...{ model: 'electricity', version: '0123456789abcdef', format: 'csv' as const },
  ...{ horizon: 24, quantiles: [0.1, 0.5, 0.9], status: 'done' as const, progress: 1 },
  ...{ items: 2, skipped: null, error: null },
  files: [{ file: 'part-00000.csv', size: 7031, items: 2 }],
  startedAt: '2026-05-01T12:00:00.000Z',
  updatedAt: '2026-05-01T12:00:01.000Z',
};

export const createExportRoute = route(
  {
    access,
    creates: true,
    problems: ['MALFORMED', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'REQUEST', 'UNKNOWN_MODEL', 'BUNDLE', 'NOT_HERE'],
  },
  {
    method: 'post',
    path,
    operationId: 'createExport',
    tags,
    summary: 'Forecasts of all stored items, as files',
    description:
      'The answer comes at once; GET the export to see its files grow. All are of the version that serves now. They are kept for seven days in the cloud, and until they are removed on a server of one’s own.',
    request: {
      params,
      body: {
        required: true,
        content: json(request, { format: 'parquet', horizon: 24, quantiles: [0.1, 0.5, 0.9] }),
      },
    },
    responses: {
      200: {
        description: 'It has begun.',
        content: json(exportSchema, { ...example, status: 'running', progress: 0, items: 0, files: [] }),
      },
    },
  },
);

export const exportsRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_MODEL'] },
  {
    method: 'get',
    path,
    operationId: 'listExports',
    tags,
    summary: 'The exports of a model, the newest first',
    request: { params, query: z.strictObject(pageQuery) },
    responses: {
      200: {
        description: 'A page of exports.',
        content: json(page, { model: 'electricity', exports: [example], next: null }),
      },
    },
  },
);

export const exportRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_EXPORT'] },
  {
    method: 'get',
    path: `${path}/{export}`,
    operationId: 'getExport',
    tags,
    summary: 'An export: how far it is, and its files',
    request: { params: one },
    responses: { 200: { description: 'The export.', content: json(exportSchema, example) } },
  },
);

export const exportFileRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_EXPORT', 'UNKNOWN_FILE'] },
  {
    method: 'get',
    path: `${path}/{export}/files/{file}`,
    operationId: 'getExportFile',
    tags,
    summary: 'A file of an export',
    request: { params: one.extend({ file: nameSchema('The file.', 'part-00000.csv') }) },
    responses: fileResponses,
  },
);

export const removeExportRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_EXPORT'] },
  {
    method: 'delete',
    path: `${path}/{export}`,
    operationId: 'deleteExport',
    tags,
    summary: 'Ends an export, and removes its files',
    request: { params: one },
    responses: {
      200: {
        description: 'It is removed.',
        content: json(removed, { model: 'electricity', export: id, removed: 2 }),
      },
    },
  },
);
