import { type BadRequest, get, keyed, post, put, remove } from './request.ts';

const uploads = '/v1/datasets/power/uploads';
const configuration = '/v1/datasets/power/configuration';

/** Datasets, jobs, models and keys. */
export const datasets: readonly BadRequest[] = [
  {
    name: 'an upload without a name',
    request: post(uploads, {}),
    problem: {
      code: 'REQUEST',
      detail: 'file must be given, got nothing',
      remedy: 'add file',
      path: 'file',
    },
  },
  {
    name: 'an upload out of its dataset',
    request: post(uploads, { file: '../busy/1.csv' }),
    problem: {
      code: 'STORE_KEY',
      detail: 'file must have no part . or .., got "../busy/1.csv"',
      remedy: 'give the file another name',
      path: 'file',
    },
  },
  {
    name: 'an upload with a name that no file can have',
    request: post(uploads, { file: 'a|b.csv' }),
    problem: {
      code: 'STORE_KEY',
      detail: 'file must have no control characters and none of \\ < > : " | ? *, got "a|b.csv"',
      remedy: 'give the file another name',
      path: 'file',
    },
  },
  {
    name: 'an upload with an empty name',
    request: post(uploads, { file: '' }),
    problem: {
      code: 'REQUEST',
      detail: 'file must have at least 1 character, got ""',
      remedy: 'mend file; GET /openapi.json describes it',
      path: 'file',
    },
  },
  {
    name: 'an upload with a content type that is none',
    request: post(uploads, { file: '1.csv', contentType: 'csv' }),
    problem: {
      code: 'REQUEST',
      detail: 'contentType must be a media type, got "csv"',
      remedy: 'mend contentType; GET /openapi.json describes it',
      path: 'contentType',
    },
  },
  {
    name: 'an upload of nothing',
    request: post(uploads, { file: '1.csv', size: 0 }),
    problem: {
      code: 'REQUEST',
      detail: 'size must be at least 1, got 0',
      remedy: 'mend size; GET /openapi.json describes it',
      path: 'size',
    },
  },
  {
    name: 'an upload larger than can be trained on',
    request: post(uploads, { file: '1.csv', size: 3_000_000_000 }),
    problem: {
      code: 'REQUEST',
      detail: 'size must be at most 2147483648, got 3000000000',
      remedy: 'mend size; GET /openapi.json describes it',
      path: 'size',
    },
  },
  {
    name: 'an upload with a misspelled field',
    request: post(uploads, { name: '1.csv' }),
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
    name: 'a dataset with too long a name',
    request: get(`/v1/datasets/${'a'.repeat(65)}`),
    problem: {
      code: 'REQUEST',
      detail: `dataset must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
      remedy: 'mend dataset; GET /openapi.json describes it',
      path: 'dataset',
    },
  },
  {
    name: 'an unknown dataset',
    request: get('/v1/datasets/powr'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
  {
    name: 'a page of nothing',
    request: get('/v1/datasets?limit=0'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at least 1, got "0"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'a page that is too long',
    request: get('/v1/datasets?limit=101'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at most 100, got "101"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'a limit that is no number',
    request: get('/v1/models?limit=all'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be a number, got "all"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'an unknown question',
    request: get('/v1/datasets?page=2'),
    problem: {
      code: 'REQUEST',
      detail: 'the query must have known fields only, got "page"',
      remedy: 'leave it out; GET /openapi.json lists them',
      path: 'page',
    },
  },
  {
    name: 'a report before there is one',
    request: get('/v1/datasets/busy/report'),
    problem: {
      code: 'UNKNOWN_REPORT',
      detail: 'a report must have been made by the newest job, got job running, which has not read the data',
      remedy: 'ask again when the job is past its plan',
      path: 'dataset',
    },
  },
  {
    name: 'a report where there is no job',
    request: get('/v1/datasets/young/report'),
    problem: {
      code: 'UNKNOWN_REPORT',
      detail: 'a report must have been made by the newest job, got no job',
      remedy: 'train again',
      path: 'dataset',
    },
  },
  {
    name: 'a configuration that is no YAML',
    request: get('/v1/datasets/typo/configuration'),
    problem: {
      code: 'CONFIGURATION',
      detail:
        'tidecast.yaml must be YAML, got Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 11',
      remedy: 'mend its text and upload it again',
    },
  },
  {
    name: 'a configuration with a misspelled field',
    request: put(configuration, { horizn: 3 }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'the configuration must have known fields only, got "horizn"',
      remedy: 'did you mean horizon?',
      path: 'horizn',
    },
  },
  {
    name: 'a configuration with a horizon of nothing',
    request: put(configuration, { horizon: 0 }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'horizon must be at least 1, got 0',
      remedy: 'mend horizon; docs/tidecast.schema.json lists all fields',
      path: 'horizon',
    },
  },
  {
    name: 'a configuration with an unknown cell',
    request: put(configuration, { cell: 'ltsm' }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'cell must be one of elman, dual, gru, lstm, got "ltsm"',
      remedy: 'did you mean lstm?',
      path: 'cell',
    },
  },
  {
    name: 'a configuration with quantiles that fall',
    request: put(configuration, { quantiles: [0.9, 0.1] }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'quantiles must rise, got [0.9,0.1]',
      remedy: 'mend quantiles; docs/tidecast.schema.json lists all fields',
      path: 'quantiles',
    },
  },
  {
    name: 'a configuration with an unknown frequency',
    request: put(configuration, { frequency: 'hourly' }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "hourly"',
      remedy: 'did you mean 1h?',
      path: 'frequency',
    },
  },
  {
    name: 'a configuration with a misspelled column',
    request: put(configuration, { columns: { targt: 'y' } }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'columns must have known fields only, got "targt"',
      remedy: 'did you mean target?',
      path: 'columns.targt',
    },
  },
  {
    name: 'a configuration that is a list',
    request: put(configuration, []),
    problem: {
      code: 'REQUEST',
      detail: 'the body must be an object, got []',
      remedy: 'mend the body; GET /openapi.json describes it',
    },
  },
  {
    name: 'a configuration that has moved',
    request: put(configuration, { horizon: 4 }, { headers: { 'if-match': '"0123"' } }),
    problem: {
      code: 'PRECONDITION',
      detail: 'the configuration must be the one that the request expects, got another one',
      remedy: 'read it again and decide anew',
    },
  },
  {
    name: 'a configuration that is there already',
    request: put(configuration, { horizon: 4 }, { headers: { 'if-none-match': '*' } }),
    problem: {
      code: 'PRECONDITION',
      detail: 'the configuration must be the one that the request expects, got one where there must be none',
      remedy: 'read it again and decide anew',
    },
  },
  {
    name: 'a condition on a configuration that is not there',
    request: put('/v1/datasets/busy/configuration', { horizon: 4 }, { headers: { 'if-match': '*' } }),
    problem: {
      code: 'PRECONDITION',
      detail: 'the configuration must be the one that the request expects, got none',
      remedy: 'read it again and decide anew',
    },
  },
  {
    name: 'a condition that is no etag',
    request: put(configuration, { horizon: 4 }, { headers: { 'if-match': '0123' } }),
    problem: {
      code: 'REQUEST',
      detail: 'If-Match must be an ETag in quotes, or *, got 0123',
      remedy: 'send what the ETag header of the answer was',
      path: 'If-Match',
    },
  },
  {
    name: 'retraining what is not there',
    request: post('/v1/datasets/powr/retrain'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
  {
    name: 'retraining while a job is running',
    request: post('/v1/datasets/busy/retrain'),
    problem: {
      code: 'JOB_RUNNING',
      detail: 'no job of busy may be running, got job running',
      remedy: 'wait for its end, or cancel it',
    },
  },
  {
    name: 'retraining while files are coming',
    request: post('/v1/datasets/young/retrain'),
    problem: {
      code: 'UPLOADS_COMING',
      detail: 'the newest file must have come to rest, got one that has just been written',
      remedy: 'a job starts by itself when no more come',
    },
  },
  {
    name: 'retraining while somebody else does',
    request: post('/v1/datasets/power/retrain'),
    problem: {
      code: 'STORE_CONFLICT',
      detail: 'nobody else may begin a job at the same time, got another request that was faster',
      remedy: 'GET /v1/datasets/power names the newest job',
    },
  },
  {
    name: 'removing a dataset while a job is running',
    request: remove('/v1/datasets/busy'),
    problem: {
      code: 'JOB_RUNNING',
      detail: 'no job of busy may be running, got job running',
      remedy: 'wait for its end, or POST /v1/jobs/running/cancel',
    },
  },
  {
    name: 'removing a dataset that is not there',
    request: remove('/v1/datasets/powr'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
  {
    name: 'removing a model that is not there',
    request: remove('/v1/models/powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'an unknown job',
    request: get('/v1/jobs/dnoe?dataset=power'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'a job of another dataset',
    request: get('/v1/jobs/done?dataset=busy'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got done',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'a cursor that none has given',
    request: get('/v1/jobs?after=yesterday'),
    problem: {
      code: 'REQUEST',
      detail: 'after must be what next said, got yesterday',
      remedy: 'leave it out to begin at the start',
      path: 'after',
    },
  },
  {
    name: 'jobs of a dataset that cannot be',
    request: get('/v1/jobs?dataset=a/b'),
    problem: {
      code: 'REQUEST',
      detail: `dataset must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "a/b"`,
      remedy: 'mend dataset; GET /openapi.json describes it',
      path: 'dataset',
    },
  },
  {
    name: 'cancelling a job that is done',
    request: post('/v1/jobs/done/cancel?dataset=power'),
    problem: {
      code: 'JOB_ENDED',
      detail: 'a job must be running to be cancelled, got one that is done',
      remedy: 'leave it: nothing works on it any more',
      path: 'job',
    },
  },
  {
    name: 'cancelling a job that is not there',
    request: post('/v1/jobs/dnoe/cancel'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'the description of an unknown model',
    request: get('/v1/models/powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'versions of an unknown model',
    request: get('/v1/models/powr/versions'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'a cursor that is no version',
    request: get('/v1/models/power/versions?after=0123'),
    problem: {
      code: 'REQUEST',
      detail: 'after must be what next said, got 0123',
      remedy: 'leave it out to begin at the start',
      path: 'after',
    },
  },
  {
    name: 'rolling an unknown model back',
    request: post('/v1/models/powr/rollback', {}),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'rolling back to a version that there is not',
    request: post('/v1/models/power/rollback', { version: 'fedcba9876543210' }),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'version must be one of the model, got fedcba9876543210',
      remedy: 'GET /v1/models/{model}/versions lists them',
      path: 'version',
    },
  },
  {
    name: 'rolling back to a version that cannot be',
    request: post('/v1/models/power/rollback', { version: '../x' }),
    problem: {
      code: 'REQUEST',
      detail: `version must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "../x"`,
      remedy: 'mend version; GET /openapi.json describes it',
      path: 'version',
    },
  },
  {
    name: 'rolling back where nothing served before',
    request: post('/v1/models/power/rollback', {}),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'another version must have served before, got {version} only',
      remedy: 'name one of GET /v1/models/{model}/versions',
      path: 'version',
    },
  },
  {
    name: 'a file that no bundle has',
    request: get('/v1/models/power/bundle?file=weights.bin'),
    problem: {
      code: 'UNKNOWN_FILE',
      detail: 'file must be one of version {version}, got weights.bin',
      remedy: 'GET /v1/models/{model}/versions lists its files',
      path: 'file',
    },
  },
  {
    name: 'a file that is no plain name',
    request: get('/v1/models/power/bundle?file=../current.json'),
    problem: {
      code: 'REQUEST',
      detail: 'file must be a plain file name, got "../current.json"',
      remedy: 'mend file; GET /openapi.json describes it',
      path: 'file',
    },
  },
  {
    name: 'a bundle of a version that there is not',
    request: get('/v1/models/power/bundle?version=fedcba9876543210'),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'version must be one of the model, got fedcba9876543210',
      remedy: 'GET /v1/models/{model}/versions lists them',
      path: 'version',
    },
  },
  {
    name: 'a further part of an upload with a name that none can have',
    request: post(uploads, { file: '1.csv', upload: '../busy' }),
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
    request: get(`${uploads}/0123456789abcdef/preview`),
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
    request: post(`${uploads}/0123456789abcdef/commit`, {}),
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
    request: post(`${uploads}/staged/commit`, { config: {} }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "config"',
      remedy: 'leave it out; known are configuration',
      path: 'config',
    },
  },
  {
    name: 'a commit with a configuration that is wrong',
    request: post(`${uploads}/staged/commit`, { configuration: { members: 99 } }),
    problem: {
      code: 'CONFIGURATION',
      detail: 'members must be at most 16, got 99',
      remedy: 'mend members; docs/tidecast.schema.json lists all fields',
      path: 'members',
    },
  },
  {
    name: 'the removal of an upload that has gone',
    request: remove(`${uploads}/0123456789abcdef`),
    problem: {
      code: 'UNKNOWN_UPLOAD',
      detail:
        'a staged upload must have files that have arrived and are not committed yet, got 0123456789abcdef',
      remedy: 'send the files to the URLs of POST /v1/datasets/{dataset}/uploads with stage: true',
      path: 'upload',
    },
  },
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
