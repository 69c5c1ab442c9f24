import { type BadRequest, keyed, post } from './request.ts';

const uploads = '/v1/datasets/power/uploads';

/** Keys of requests that are done once. */
export const keys: readonly BadRequest[] = [
  {
    name: 'a key that is empty',
    request: post(uploads, { file: '1.csv' }, keyed('')),
    problem: {
      code: 'REQUEST',
      detail: 'Idempotency-Key must have 1..255 visible characters of ASCII, got 0 characters',
      remedy: 'send a new UUID for each thing that is to be done',
      path: 'Idempotency-Key',
    },
  },
  {
    name: 'a key that is too long',
    request: post(uploads, { file: '1.csv' }, keyed('k'.repeat(256))),
    problem: {
      code: 'REQUEST',
      detail: 'Idempotency-Key must have 1..255 visible characters of ASCII, got 256 characters',
      remedy: 'send a new UUID for each thing that is to be done',
      path: 'Idempotency-Key',
    },
  },
  {
    name: 'a key of another body',
    request: post(uploads, { file: '2.csv' }, keyed('one')),
    before: [post(uploads, { file: '1.csv' }, keyed('one'))],
    problem: {
      code: 'KEY_REUSED',
      detail:
        'Idempotency-Key must be used for one request only, got the key of another request, or of one with another body',
      remedy: 'send a new key, or the request that the key was first sent with',
      path: 'Idempotency-Key',
    },
  },
  {
    name: 'a key of another place',
    request: post('/v1/datasets/busy/uploads', { file: '1.csv' }, keyed('two')),
    before: [post(uploads, { file: '1.csv' }, keyed('two'))],
    problem: {
      code: 'KEY_REUSED',
      detail:
        'Idempotency-Key must be used for one request only, got the key of another request, or of one with another body',
      remedy: 'send a new key, or the request that the key was first sent with',
      path: 'Idempotency-Key',
    },
  },
];
