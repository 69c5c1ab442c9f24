import { everybody, forecastApi, manageApi } from '../../shared/api/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import type { ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, publish } from './support.ts';

const { store } = memoryStore();
const largestBody = 2000;
const permitUpload = async () => ({ url: 'https://bucket', headers: {} });
const forecasts = forecastApi({
  store,
  champions: createChampions(store),
  authenticate: everybody,
  largestBody,
});
const manage = manageApi({ store, permitUpload, authenticate: everybody, largestBody });
const place = '/v1/models/power/forecast';

beforeAll(() => publish(store, 'power'));

/** A request of so many bytes; the values are what fills it. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify({ series: [{ start: '2024-01-01T00:15:00Z', target: [1] }] });
  return `${empty.slice(0, -4)}${' '.repeat(bytes - empty.length)}${empty.slice(-4)}`;
}

/** A body that arrives in pieces, and how many of them were taken. */
function pieces(text: string, size: number) {
  const taken = { pieces: 0 };
  let from = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (from >= text.length) return controller.close();
        taken.pieces++;
        controller.enqueue(new TextEncoder().encode(text.slice(from, from + size)));
        from += size;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

const send = (body: string | Buffer | ReadableStream, headers: Record<string, string> = {}) =>
  forecasts.request(place, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);

test('a body may have as many bytes as the limit, in one piece or in many', async () => {
  expect((await send(bodyOf(largestBody))).status).toBe(200);
  expect((await send(pieces(bodyOf(largestBody), 100).stream)).status).toBe(200);
  expect((await send(pieces(bodyOf(largestBody), 100).stream, { 'content-length': '10' })).status).toBe(200);
});

test.each([
  ['no length', {}],
  ['an understated length', { 'content-length': '10' }],
  ['chunks', { 'transfer-encoding': 'chunked' }],
])('a body beyond the limit is refused when the limit is reached: with %s', async (_, headers) => {
  const { stream, taken } = pieces(bodyOf(10 * largestBody), 100);
  const response = await send(stream, headers);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    code: 'BODY_TOO_LARGE',
    detail: expect.stringContaining('2000 bytes'),
  });
  expect(taken.pieces).toBe(21);
});

test('a body that claims to be too large is not read', async () => {
  const { stream, taken } = pieces(bodyOf(100), 100);
  expect((await send(stream, { 'content-length': '2001' })).status).toBe(413);
  expect(taken.pieces).toBe(0);
});

/** A frame of zstd whose blocks each say that one byte is repeated (RFC 8878), as anything that compresses can make it. */
function frame(text: string, { window = 0x38, tail = [] as number[] } = {}): Buffer {
  const bytes = Buffer.from(text);
  const runs: [byte: number, length: number][] = [];
  for (const byte of bytes) {
    const last = runs.at(-1);
    if (last?.[0] === byte) last[1]++;
    else runs.push([byte, 1]);
  }
  const blocks = runs.flatMap(([byte, length], i) => {
    const header = (length << 3) | 2 | (i === runs.length - 1 ? 1 : 0);
    return [header & 255, (header >> 8) & 255, header >> 16, byte];
  });
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, window, ...blocks, ...tail]);
}
const zstd = { 'content-encoding': 'zstd' };

test('a body in zstd is expanded, up to four times the limit', async () => {
  const answer = await send(frame(bodyOf(4 * largestBody)), zstd);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ model: 'power' });
  const larger = await send(frame(bodyOf(4 * largestBody + 1)), zstd);
  expect([larger.status, (await larger.json()).detail]).toEqual([
    413,
    'a body may have at most 8000 bytes, got more',
  ]);
});

test.each([
  ['a window of 1 GB', frame(bodyOf(100), { window: 20 << 3 })],
  ['two frames', Buffer.concat([frame(bodyOf(100)), frame('{}')])],
  ['something behind the frame', frame(bodyOf(100), { tail: [0] })],
  ['half a frame', frame(bodyOf(100)).subarray(0, 40)],
  ['no frame', Buffer.from(bodyOf(100))],
  ['nothing', Buffer.alloc(1)],
])('a body in zstd with %s is refused', async (_, body) => {
  const answer = await send(body, zstd);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'MALFORMED', detail: expect.stringContaining('zstd') });
});

test('bytes are counted, not letters', async () => {
  const text = bodyOf(largestBody).replace('  ', ' é');
  expect(text).toHaveLength(largestBody);
  expect((await send(text)).status).toBe(413);
});

test.each([
  ['text', { 'content-type': 'text/plain' }, '{}', 415, 'MEDIA_TYPE'],
  ['no type', { 'content-type': '' }, '{}', 415, 'MEDIA_TYPE'],
  ['a compressed body', { 'content-encoding': 'gzip' }, '{}', 415, 'MEDIA_TYPE'],
  ['half a document', {}, '{"series": [', 400, 'MALFORMED'],
  ['NaN, which is no JSON', {}, '{"series": [{"start": "2024-01-01", "target": [NaN]}]}', 400, 'MALFORMED'],
  ['no body', {}, '', 400, 'MALFORMED'],
])('%s is refused', async (_, headers, body, status, code) => {
  const response = await send(body, headers);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json',
  ]);
  expect(await response.json()).toMatchObject({ status, code, remedy: expect.any(String) });
});

test.each([
  ['GET', place, 405, 'POST'],
  ['DELETE', place, 405, 'POST'],
  ['OPTIONS', place, 405, 'POST'],
  ['POST', '/v1/jobs', 405, 'GET, HEAD'],
  ['PUT', '/v1/models/power', 405, 'GET, HEAD, DELETE'],
  ['GET', '/v1/datasets/power/uploads', 405, 'POST'],
  ['GET', '/v1/nothing', 404, null],
  ['GET', '/v1/models/power/', 404, null],
  ['GET', '/', 404, null],
  ['GET', '/openapiXjson', 404, null],
  // There, but not here: API Gateway sends it to the other function.
  ['POST', place, 404, null],
])('%s %s of the manage app is a problem: %i', async (method, path, status, allow) => {
  const answer = await ask(manage, method, path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('allow')).toBe(allow);
  expect(answer.body).toMatchObject({ status, code: status === 405 ? 'METHOD' : 'NOT_FOUND' });
});

test('HEAD answers as GET does, without a body', async () => {
  expect(await ask(manage, 'HEAD', '/v1/models/power')).toMatchObject({ status: 200, body: null });
});

test('each request has an id: its own, or the caller’s where that is harmless', async () => {
  const idOf = async (id?: string) =>
    (
      await ask(manage, 'GET', '/v1/health', { headers: id === undefined ? {} : { 'x-request-id': id } })
    ).headers.get('x-request-id');
  const [one, two] = [await idOf(), await idOf()];
  expect(one).toMatch(/^[\w-]{20,}$/);
  expect(two).not.toBe(one);
  expect(await idOf('from-the-caller')).toBe('from-the-caller');
  expect(await idOf('with {curly} "things"')).toMatch(/^[\w-]{20,}$/);
});

test('a fault of ours is told of inside, and outside says nothing but its id', async () => {
  const errors: [unknown, string][] = [];
  const fault = new Error('cannot reach 10.0.0.7 with key AKIA');
  const broken: ObjectStore = { ...store, get: () => Promise.reject(fault) };
  const app = manageApi({
    store: broken,
    permitUpload,
    authenticate: everybody,
    onError: (error, id) => errors.push([error, id]),
  });
  const { status, headers, body } = await ask(app, 'GET', '/v1/models/power');
  const id = headers.get('x-request-id') ?? '';
  expect(status).toBe(500);
  expect(body).toEqual({
    type: 'urn:tidecast:problem:internal',
    title: 'Something went wrong here',
    status: 500,
    detail: 'Something went wrong here',
    code: 'INTERNAL',
    remedy: `try again; if it stays, look for request ${id} in the logs`,
    requestId: id,
  });
  expect(errors).toEqual([[fault, id]]);
});

test('a damaged bundle is a fault of ours with a code of its own', async () => {
  const { store: other, objects } = memoryStore();
  const { version } = await publish(other, 'power');
  objects.set(`models/power/${version}/bundle.json`, Buffer.from('{}'));
  const app = manageApi({ store: other, permitUpload, authenticate: everybody });
  const { status, body } = await ask(app, 'GET', '/v1/models/power');
  expect([status, body.code, body.detail]).toEqual([500, 'BUNDLE', 'The model is damaged']);
  expect(JSON.stringify(body)).not.toContain('bundle.json');
});
