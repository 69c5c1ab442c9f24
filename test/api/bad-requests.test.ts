import { allRoutes } from '../../shared/api/routes/table.ts';
import type { BadRequest } from './bad-requests/request.ts';
import { badRequests as all } from './bad-requests/table.ts';
import { createWorld, type World } from './bad-requests/world.ts';

/** Status and title of each code: what clients have been written for. */
const kinds: Readonly<Record<string, readonly [status: number, title: string]>> = {
  MALFORMED: [400, 'The request cannot be read'],
  UNAUTHENTICATED: [401, 'A valid token is needed'],
  FORBIDDEN: [403, 'The token does not allow this'],
  NOT_FOUND: [404, 'There is no such place'],
  UNKNOWN_DATASET: [404, 'There is no such dataset'],
  UNKNOWN_REPORT: [404, 'There is no report yet'],
  UNKNOWN_MODEL: [404, 'There is no such model'],
  UNKNOWN_VERSION: [404, 'There is no such version'],
  UNKNOWN_FILE: [404, 'There is no such file'],
  UNKNOWN_UPLOAD: [404, 'There is no such upload'],
  UNKNOWN_ITEM: [404, 'There is no such item'],
  UNKNOWN_JOB: [404, 'There is no such job'],
  METHOD: [405, 'This place does not take this method'],
  STORE_CONFLICT: [409, 'Somebody else changed it meanwhile'],
  JOB_RUNNING: [409, 'A job is running'],
  JOB_ENDED: [409, 'The job has ended'],
  UPLOADS_COMING: [409, 'Uploads have not come to rest'],
  OBSERVATION_CONFLICT: [409, 'Something else is stored'],
  PRECONDITION: [412, 'It is not what the request expects'],
  BODY_TOO_LARGE: [413, 'The request is too large'],
  MEDIA_TYPE: [415, 'The body has a form that is not taken'],
  REQUEST: [422, 'The request cannot be answered'],
  FREQUENCY: [422, 'A timestamp or frequency is wrong'],
  STORE_KEY: [422, 'A name cannot be used'],
  CONFIGURATION: [422, 'A configuration value is wrong'],
  KEY_REUSED: [422, 'The key belongs to another request'],
  OBSERVATION_OLD: [422, 'The observation is too old'],
  ANSWER_TOO_LARGE: [422, 'The answer would be too large'],
  NOT_HERE: [501, 'This is not possible here'],
};

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

/** The whole document, but for the request's id. */
function documentOf({ problem: { code, detail, remedy, path } }: BadRequest) {
  const [status, title] = kinds[code] ?? [];
  return {
    type: `urn:tidecast:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    ...{ title, status, code, remedy },
    detail: detail.replaceAll('{version}', world.version),
    ...(path !== undefined && { path }),
  };
}

test('the table has more than sixty requests, each under a name of its own', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(60);
});

test.each(
  allRoutes.filter(({ access }) => access).map((route) => [route.definition.operationId, route] as const),
)('the table has a request to %s', (_, { definition: { method, path } }) => {
  const pattern = new RegExp(`^${path.replaceAll(/{.+?}/g, '[^/]+')}$`);
  const isTo = ({ request }: BadRequest) =>
    request.method === method.toUpperCase() && pattern.test(request.path.replace(/\?.*$/, ''));
  expect(all.filter(isTo).length).toBeGreaterThan(0);
});

test.each(all.map((bad) => [bad.name, bad] as const))('%s', async (_, bad) => {
  for (const request of bad.before ?? []) expect((await world.send(request)).status).toBe(200);
  const { status, headers, body } = await world.send(bad.request);
  expect(body).toEqual({ ...documentOf(bad), requestId: headers.get('x-request-id') });
  expect([status, headers.get('content-type')]).toEqual([
    kinds[bad.problem.code]?.[0],
    'application/problem+json',
  ]);
  expect(headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="tidecast"' : null);
  expect(headers.has('allow')).toBe(status === 405);
});
