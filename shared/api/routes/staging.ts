import { z } from '@hono/zod-openapi';
import { previewSchema } from '../../documents/index.ts';
import { closed } from '../issues.ts';
import { configurationText } from './datasets.ts';
import { qualityExample } from './quality-example.ts';
import { json, nameSchema, route } from './route.ts';

const preview = z
  .strictObject({
    dataset: z.string(),
    upload: z.string(),
    ...previewSchema.shape,
    configuration: configurationText.nullable(),
  })
  .openapi('UploadPreview');

const commitRequest = closed({
  configuration: configurationText
    .optional()
    .describe('Replaces the dataset’s configuration, and one that was staged as tidecast.yaml.'),
}).openapi('CommitRequest');

const committed = z
  .strictObject({
    dataset: z.string(),
    upload: z.string(),
    files: z.array(z.string()).describe('What is part of the dataset now.'),
  })
  .openapi('UploadCommit');

const discarded = z
  .strictObject({ dataset: z.string(), upload: z.string(), removed: z.int().describe('Files.') })
  .openapi('UploadRemoval');

const params = z.object({
  dataset: nameSchema('The dataset.', 'electricity'),
  upload: nameSchema('The upload.', '5f3a0c9d1e2b4768'),
});
const access = { scopes: ['upload'], dataset: { param: 'dataset' } } as const;
const tags = ['datasets'];
const path = '/v1/datasets/{dataset}/uploads/{upload}';
const example = { dataset: 'electricity', upload: '5f3a0c9d1e2b4768' };

export const previewRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_UPLOAD', 'PREVIEW_TOO_LARGE', 'NOT_HERE'] },
  {
    method: 'get',
    path: `${path}/preview`,
    operationId: 'previewUpload',
    tags,
    summary: 'How a staged upload looks: roles, frequency, first rows, problems',
    description:
      'It is read as a training would read it: with the files that the dataset has already, and by its configuration, or by one that is staged as `tidecast.yaml`.',
    request: { params },
    responses: {
      200: {
        description: 'What was found.',
        content: json(preview, {
          ...example,
          files: [{ file: '2024.csv', size: 48_210, staged: true }],
          configuration: { horizon: 24 },
          columns: ['item_id', 'timestamp', 'target'],
          rows: [['BE', '2024-01-01 00:00:00', '31.7']],
          report: qualityExample,
          horizon: 24,
          problems: [
            {
              ...{ kind: 'warning', code: 'DUPLICATES', count: 2 },
              message: 'rows repeat another one and count once',
              remedy: 'see whether they should',
              ...{ file: null, line: null, row: null, column: null },
            },
          ],
          trainable: true,
        }),
      },
    },
  },
);

export const commitRoute = route(
  {
    access,
    creates: true,
    problems: [
      ...(['MALFORMED', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'REQUEST'] as const),
      ...(['UNKNOWN_UPLOAD', 'CONFIGURATION', 'FREQUENCY'] as const),
    ],
  },
  {
    method: 'post',
    path: `${path}/commit`,
    operationId: 'commitUpload',
    tags,
    summary: 'Makes a staged upload part of its dataset',
    description:
      'Its files are moved there, over those of the same name, and training begins as after any upload. A request that was interrupted has moved a part; sent again, it moves the rest.',
    request: {
      params,
      body: { required: true, content: json(commitRequest, { configuration: { horizon: 24 } }) },
    },
    responses: {
      200: {
        description: 'The files are there.',
        content: json(committed, { ...example, files: ['2024.csv'] }),
      },
    },
  },
);

export const discardRoute = route(
  { access, problems: ['REQUEST', 'UNKNOWN_UPLOAD'] },
  {
    method: 'delete',
    path,
    operationId: 'discardUpload',
    tags,
    summary: 'Removes a staged upload',
    description: 'What is neither committed nor removed goes after a week where the store is S3.',
    request: { params },
    responses: {
      200: { description: 'It is removed.', content: json(discarded, { ...example, removed: 1 }) },
    },
  },
);
