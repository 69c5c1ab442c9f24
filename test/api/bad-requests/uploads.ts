import { type BadRequest, get, post, remove } from './request.ts';

const place = '/v1/datasets/power/uploads';

/** Uploads that no dataset can take, and staged ones that are not there. */
export const uploads: readonly BadRequest[] = [
  {
    name: 'an upload without a name',
    request: post(place, {}),
    problem: {
      code: 'REQUEST',
      detail: 'file must be given, got nothing',
      remedy: 'add file',
      path: 'file',
    },
  },
  {
    name: 'an upload out of its dataset',
    request: post(place, { file: '../busy/1.csv' }),
    problem: {
      code: 'STORE_KEY',
      detail: 'file must have no part . or .., got "../busy/1.csv"',
      remedy: 'give the file another name',
      path: 'file',
    },
  },
  {
    name: 'an upload with a name that no file can have',
    request: post(place, { file: 'a|b.csv' }),
    problem: {
      code: 'STORE_KEY',
      detail: 'file must have no control characters and none of \\ < > : " | ? *, got "a|b.csv"',
      remedy: 'give the file another name',
      path: 'file',
    },
  },
  {
    name: 'an upload with an empty name',
    request: post(place, { file: '' }),
    problem: {
      code: 'REQUEST',
      detail: 'file must have at least 1 character, got ""',
      remedy: 'mend file; GET /openapi.json describes it',
      path: 'file',
    },
  },
  {
    name: 'an upload with a content type that is none',
    request: post(place, { file: '1.csv', contentType: 'csv' }),
    problem: {
      code: 'REQUEST',
      detail: 'contentType must be a media type, got "csv"',
      remedy: 'mend contentType; GET /openapi.json describes it',
      path: 'contentType',
    },
  },
  {
    name: 'an upload of nothing',
    request: post(place, { file: '1.csv', size: 0 }),
    problem: {
      code: 'REQUEST',
      detail: 'size must be at least 1, got 0',
      remedy: 'mend size; GET /openapi.json describes it',
      path: 'size',
    },
  },
  {
    name: 'an upload larger than can be trained on',
    request: post(place, { file: '1.csv', size: 3_000_000_000 }),
    problem: {
      code: 'REQUEST',
      detail: 'size must be at most 2147483648, got 3000000000',
      remedy: 'mend size; GET /openapi.json describes it',
      path: 'size',
    },
  },
  {
    name: 'an upload with a misspelled field',
    request: post(place, { name: '1.csv' }),
    problem: {
      code: 'REQUEST',
      detail: 'file must be given, got nothing',
      remedy: 'add file',
      path: 'file',
    },
  },
  {
    name: 'a dataset with a name that none can have',
    request: post('/v1/datasets/.hidden/uploads', { file: '1.csv' }),
    problem: {
      code: 'REQUEST',
      detail: `dataset must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got ".hidden"`,
      remedy: 'mend dataset; GET /openapi.json describes it',
      path: 'dataset',
    },
  },
  {
    name: 'a further part of an upload with a name that none can have',
    request: post(place, { file: '1.csv', upload: '../busy' }),
    problem: {
      code: 'REQUEST',
      detail:
        "upload must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got \"../busy\"",
      remedy: 'mend upload; GET /openapi.json describes it',
      path: 'upload',
    },
  },
  {
    name: 'a preview of what is not staged',
    request: get(`${place}/0123456789abcdef/preview`),
    problem: {
      code: 'UNKNOWN_UPLOAD',
      detail:
        'a staged upload must have files that have arrived and are not committed yet, got 0123456789abcdef',
      remedy: 'send the files to the URLs of POST /v1/datasets/{dataset}/uploads with stage: true',
      path: 'upload',
    },
  },
  {
    name: 'a commit of what is not staged',
    request: post(`${place}/0123456789abcdef/commit`, {}),
    problem: {
      code: 'UNKNOWN_UPLOAD',
      detail:
        'a staged upload must have files that have arrived and are not committed yet, got 0123456789abcdef',
      remedy: 'send the files to the URLs of POST /v1/datasets/{dataset}/uploads with stage: true',
      path: 'upload',
    },
  },
  {
    name: 'a commit with a misspelled field',
    request: post(`${place}/staged/commit`, { config: {} }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "config"',
      remedy: 'leave it out; known are configuration',
      path: 'config',
    },
  },
  {
    name: 'a commit with a configuration that is wrong',
    request: post(`${place}/staged/commit`, { configuration: { members: 99 } }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'members must be at most 16, got 99',
      remedy: 'mend members; docs/tidecast.schema.json lists all fields',
      path: 'members',
    },
  },
  {
    name: 'the removal of an upload that has gone',
    request: remove(`${place}/0123456789abcdef`),
    problem: {
      code: 'UNKNOWN_UPLOAD',
      detail:
        'a staged upload must have files that have arrived and are not committed yet, got 0123456789abcdef',
      remedy: 'send the files to the URLs of POST /v1/datasets/{dataset}/uploads with stage: true',
      path: 'upload',
    },
  },
];
