import type { LambdaClient } from '@aws-sdk/client-lambda';
import { everybody, lambdaPreview, manageApi } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask } from './support.ts';

const preview = {
  ...{
    files: [{ file: '1.csv', size: 3, staged: true }],
    configuration: {},
    columns: ['y'],
    rows: [['1'], [null]],
  },
  ...{ report: null, horizon: null, problems: [], trainable: false },
};

/** The API whose previews a function makes that answers so, and what the function was asked. */
function answering(answer: unknown, FunctionError?: string) {
  const asked: unknown[] = [];
  const client = {
    async send({ input }: { input: { FunctionName: string; Payload: Uint8Array } }) {
      asked.push([input.FunctionName, JSON.parse(Buffer.from(input.Payload).toString())]);
      return { ...(FunctionError && { FunctionError }), Payload: Buffer.from(JSON.stringify(answer)) };
    },
  } as unknown as Pick<LambdaClient, 'send'>;
  const app = manageApi({
    store: memoryStore().store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: everybody,
    preview: lambdaPreview('the-function', client),
  });
  return { asked, look: () => ask(app, 'GET', '/v1/datasets/shop/uploads/one/preview') };
}

test('a function that has the reader is asked, and its answer is the preview', async () => {
  const { asked, look } = answering(preview);
  expect(await look()).toMatchObject({ status: 200, body: { dataset: 'shop', upload: 'one', ...preview } });
  expect(asked).toEqual([['the-function', { dataset: 'shop', upload: 'one' }]]);
});

test('an upload that it does not find is not known', async () => {
  expect(await answering(null).look()).toMatchObject({ status: 404, body: { code: 'UNKNOWN_UPLOAD' } });
});

test.each([
  ['time', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 25.00 seconds' }],
  ['time, as it was said before', { errorMessage: '2026-01-01 Task timed out after 25.00 seconds' }],
  ['memory', { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: 1 Error: Runtime exited' }],
])('where it has not enough %s, the data are too large', async (_, fault) => {
  const { status, body } = await answering(fault, 'Unhandled').look();
  expect([status, body.code, body.remedy]).toEqual([
    422,
    'PREVIEW_TOO_LARGE',
    'upload a part of the data to look at, or commit without a preview',
  ]);
});

test('another fault of it is one of ours, which says nothing of itself', async () => {
  const fault = { errorType: 'AccessDenied', errorMessage: 'arn:aws:iam::1:role/r may not' };
  const { status, body } = await answering(fault, 'Unhandled').look();
  expect([status, body.code]).toEqual([500, 'INTERNAL']);
  expect(JSON.stringify(body)).not.toContain('arn:');
});
