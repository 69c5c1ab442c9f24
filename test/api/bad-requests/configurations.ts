import { type BadRequest, get, put } from './request.ts';

const configuration = '/v1/datasets/power/configuration';

/** Configurations by which nothing can be trained. */
export const configurations: readonly BadRequest[] = [
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
];
