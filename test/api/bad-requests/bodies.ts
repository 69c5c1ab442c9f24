import { type BadRequest, post, put, text } from './request.ts';
import { largestBody } from './world.ts';

const place = '/v1/models/power/forecast';
const one = { start: '2024-01-01T00:15:00Z', target: [1, 2, 3] };
const zstd = { headers: { 'content-encoding': 'zstd' } };
/** A frame of zstd whose block says that one byte is repeated so often (RFC 8878). */
const frame = (times: number, window = 0x38) =>
  Uint8Array.from([
    ...[0x28, 0xb5, 0x2f, 0xfd, 0, window],
    ...[((times << 3) | 3) & 255, (times >> 5) & 255, times >> 13, 0x20],
  ]);

/** Bodies that cannot be read, whatever they are for. */
export const bodies: readonly BadRequest[] = [
  {
    name: 'half a document',
    request: post(place, '{"series": ['),
    problem: {
      code: 'MALFORMED',
      detail: 'the body must be JSON, got something else',
      remedy: 'send well-formed JSON, with null for what is missing',
    },
  },
  {
    name: 'NaN, which is no JSON',
    request: post(place, '{"series": [{"start": "2024-01-01", "target": [NaN]}]}'),
    problem: {
      code: 'MALFORMED',
      detail: 'the body must be JSON, got something else',
      remedy: 'send well-formed JSON, with null for what is missing',
    },
  },
  {
    name: 'an empty body',
    request: post(place, ''),
    problem: {
      code: 'MALFORMED',
      detail: 'the body must be JSON, got nothing',
      remedy: 'send an object',
    },
  },
  {
    name: 'bytes that are no UTF-8',
    request: post(place, Uint8Array.from([0x7b, 0xff, 0x7d])),
    problem: {
      code: 'MALFORMED',
      detail: 'the body must be JSON, got something else',
      remedy: 'send well-formed JSON, with null for what is missing',
    },
  },
  {
    name: 'a form',
    request: post(place, 'horizon=3', text('application/x-www-form-urlencoded')),
    problem: {
      code: 'MEDIA_TYPE',
      detail: 'the body must be sent as JSON, got content-type: application/x-www-form-urlencoded',
      remedy: 'send JSON with content-type: application/json',
    },
  },
  {
    name: 'a table instead of a document',
    request: post(place, 'time,target', text('text/csv')),
    problem: {
      code: 'MEDIA_TYPE',
      detail: 'the body must be sent as JSON, got content-type: text/csv',
      remedy: 'send JSON with content-type: application/json',
    },
  },
  {
    name: 'a document without a content type',
    request: post(place, { series: [one] }, text('')),
    problem: {
      code: 'MEDIA_TYPE',
      detail: 'the body must be sent as JSON, got no content-type',
      remedy: 'send JSON with content-type: application/json',
    },
  },
  {
    name: 'a configuration as YAML',
    request: put('/v1/datasets/power/configuration', 'horizon: 3', text('application/yaml')),
    problem: {
      code: 'MEDIA_TYPE',
      detail: 'the body must be sent as JSON, got content-type: application/yaml',
      remedy: 'send JSON with content-type: application/json',
    },
  },
  {
    name: 'a list as the body',
    request: post(place, [one]),
    problem: {
      code: 'REQUEST',
      detail: 'the body must be an object, got [{"start":"2024-01-01T00:15:00Z","target":[1,2,3]}]',
      remedy: 'mend the body; GET /openapi.json describes it',
    },
  },
  {
    name: 'null as the body',
    request: post(place, null),
    problem: {
      code: 'REQUEST',
      detail: 'the body must be an object, got null',
      remedy: 'mend the body; GET /openapi.json describes it',
    },
  },
  {
    name: 'text as the body',
    request: post(place, '"series"'),
    problem: {
      code: 'REQUEST',
      detail: 'the body must be an object, got "series"',
      remedy: 'mend the body; GET /openapi.json describes it',
    },
  },
  {
    name: 'a body beyond the limit',
    request: post(place, { series: [one], filling: ' '.repeat(largestBody) }),
    problem: {
      code: 'BODY_TOO_LARGE',
      detail: 'a body may have at most 20000 bytes, got more',
      remedy: 'divide it among several requests',
    },
  },
  {
    name: 'a body that says it is beyond the limit',
    request: post(place, { series: [one] }, { headers: { 'content-length': '20001' } }),
    problem: {
      code: 'BODY_TOO_LARGE',
      detail: 'a body may have at most 20000 bytes, got more',
      remedy: 'divide it among several requests',
    },
  },
  {
    name: 'a body compressed by gzip',
    request: post(place, { series: [one] }, { headers: { 'content-encoding': 'gzip' } }),
    problem: {
      code: 'MEDIA_TYPE',
      detail: 'a body must not be compressed, or by zstd, got content-encoding gzip',
      remedy: 'send it as it is, or compressed by zstd',
    },
  },
  {
    name: 'a body that is not compressed as it says',
    request: post(place, { series: [one] }, zstd),
    problem: {
      code: 'MALFORMED',
      detail: 'a body in zstd must be one whole frame with a window of at most 8 MB, got something else',
      remedy: 'compress it in one piece, at a level of 19 or less, or send it as it is',
    },
  },
  {
    name: 'a small body in zstd that becomes a large one',
    request: post(place, frame(100_000), zstd),
    problem: {
      code: 'BODY_TOO_LARGE',
      detail: 'a body may have at most 80000 bytes, got more',
      remedy: 'divide it among several requests',
    },
  },
  {
    name: 'a body in zstd that wants a window of 1 GB',
    request: post(place, frame(10, 20 << 3), zstd),
    problem: {
      code: 'MALFORMED',
      detail: 'a body in zstd must be one whole frame with a window of at most 8 MB, got something else',
      remedy: 'compress it in one piece, at a level of 19 or less, or send it as it is',
    },
  },
  {
    name: 'a body that expands to something else than JSON',
    request: post(place, frame(1000), zstd),
    problem: {
      code: 'MALFORMED',
      detail: 'the body must be JSON, got something else',
      remedy: 'send well-formed JSON, with null for what is missing',
    },
  },
];
