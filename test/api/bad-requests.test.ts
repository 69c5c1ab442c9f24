import { allRoutes } from '../../shared/api/routes/table.ts';
import type { BadRequest } from './bad-requests/request.ts';
import { badRequests as all } from './bad-requests/table.ts';
import { createWorld, type World } from './bad-requests/world.ts';
import { documented } from './documented.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

/** The whole document, but for the request's id. */
function documentOf({ problem: { code, detail, remedy, path } }: BadRequest) {
  const [status, title] = documented[code] ?? [];
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
    documented[bad.problem.code]?.[0],
    'application/problem+json',
  ]);
  expect(headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="tidecast"' : null);
  expect(headers.has('allow')).toBe(status === 405);
});
