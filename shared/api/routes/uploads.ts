import { z } from '@hono/zod-openapi';
import { closed } from '../issues.ts';
import { json, nameSchema, route } from './route.ts';

/** One object that training can read: see `ObjectStore`. */
export const largestUpload = 2 * 2 ** 30;

export const uploadRequest = closed({
  file: z
    .string()
    .min(1)
    .max(255)
    .describe('The file’s name in the dataset; several files are parts of one table.'),
  contentType: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w.+-]+=[\w.+-]+)*$/, 'must be a media type')
    .max(128)
    .optional()
    .describe('The file’s media type, which the upload must then be sent with.'),
  size: z
    .int()
    .min(1)
    .max(largestUpload)
    .optional()
    .describe('The file’s size in bytes; no other size is taken then.'),
  stage: z
    .boolean()
    .default(false)
    .describe('Whether the file waits for a commit instead of being trained on at once.'),
  upload: nameSchema(
    'The staged upload that the file is a further part of: `upload` of the first one’s answer.',
    '5f3a0c9d1e2b4768',
  ).optional(),
}).openapi('UploadRequest');

export const uploadAnswer = z
  .strictObject({
    dataset: z.string(),
    file: z.string(),
    upload: z.string().optional().describe('Names the upload, where it is staged.'),
    method: z.literal('PUT'),
    url: z
      .string()
      .describe('Where to send the file; whoever has this URL may write the file until it expires.'),
    headers: z.record(z.string(), z.string()).describe('Headers to send with it.'),
    expires: z.string().describe('When the URL stops working, in ISO 8601.'),
    maxBytes: z.int().describe('The largest file that can be trained on.'),
  })
  .openapi('Upload');

export const uploadRoute = route(
  {
    access: { scopes: ['upload'], dataset: { param: 'dataset' } },
    creates: true,
    problems: ['MALFORMED', 'BODY_TOO_LARGE', 'MEDIA_TYPE', 'REQUEST', 'STORE_KEY'],
  },
  {
    method: 'post',
    path: '/v1/datasets/{dataset}/uploads',
    operationId: 'createUpload',
    tags: ['datasets'],
    summary: 'A URL to upload a file to',
    description:
      'The file becomes part of the dataset, which the first file creates. Some seconds after the last one, training begins. With `stage` it waits, for a week at most: `GET …/uploads/{upload}/preview` shows what it is, `POST …/uploads/{upload}/commit` makes it part of the dataset.',
    request: {
      params: z.object({ dataset: nameSchema('The dataset.', 'electricity') }),
      body: {
        required: true,
        content: json(uploadRequest, { file: '2024.csv', contentType: 'text/csv', size: 48_210 }),
      },
    },
    responses: {
      200: {
        description: 'Send the file there.',
        content: json(uploadAnswer, {
          dataset: 'electricity',
          file: '2024.csv',
          method: 'PUT',
          url: 'https://bucket.s3.eu-central-1.amazonaws.com/datasets/electricity/2024.csv?X-Amz-Signature=…',
          headers: { 'content-type': 'text/csv' },
          expires: '2024-05-01T12:15:00.000Z',
          maxBytes: largestUpload,
        }),
      },
    },
  },
);
