import type { z } from '@hono/zod-openapi';
import { apiDocument, everybody, manageApi } from '../../shared/api/index.ts';
import { kinds } from '../../shared/api/problem.ts';
import { allRoutes } from '../../shared/api/routes/table.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask } from './support.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly requestBody?: { required: boolean; content: Content };
  readonly responses: Readonly<Record<string, { description: string; content: Content }>>;
}
type Content = Readonly<Record<string, { schema: object; example?: unknown }>>;

// As clients get it: what JSON cannot hold is gone.
const document = JSON.parse(JSON.stringify(apiDocument()));
const operations = allRoutes.map(
  ({ definition: { path, method } }) =>
    [`${method} ${path}`, document.paths[path]?.[method] as Operation] as const,
);

/** All values of a member of this name, at any depth. */
function membersOf(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    ...(key === name ? [below] : []),
    ...membersOf(below, name),
  ]);
}

test('GET /openapi.json gives the document of all routes, of both apps', async () => {
  const permitUpload = async () => ({ url: '', headers: {} });
  const app = manageApi({ store: memoryStore().store, permitUpload, authenticate: everybody });
  const { status, headers, body } = await ask(app, 'GET', '/openapi.json');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(body).toEqual(document);
  expect(
    Object.entries(document.paths)
      .flatMap(([path, item]) => Object.keys(item as object).map((method) => `${method} ${path}`))
      .sort(),
  ).toEqual(allRoutes.map(({ definition: { path, method } }) => `${method} ${path}`).sort());
});

test('it is OpenAPI 3.1, and every reference and tag in it leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: 'Tidecast', version: '1' });
  const references = new Set(membersOf(document, '$ref') as string[]);
  expect(references.size).toBeGreaterThan(5);
  for (const reference of references) {
    const found = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce((value, key) => value?.[key], document);
    expect([reference, typeof found]).toEqual([reference, 'object']);
  }
  const tags = document.tags.map(({ name }: { name: string }) => name);
  for (const [, { tags: used }] of operations) expect(tags).toEqual(expect.arrayContaining([...used]));
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(operations)(
  '%s says what it takes, what it answers, with examples, and which problems',
  (name, operation) => {
    expect(operation.summary).toMatch(/^\S/);
    const { content = {} } = operation.responses['200'] ?? {};
    const [[type, answer] = []] = Object.entries(content);
    expect(answer).toMatchObject({
      schema: expect.anything(),
      ...(type === 'application/json' && { example: expect.anything() }),
    });
    const problems = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    expect(problems.map(([status]) => status)).toContain('500');
    for (const [status, { description, content: problem }] of problems) {
      expect(problem).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
      const codes = [...description.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code as keyof typeof kinds);
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect([code, String(kinds[code][0])]).toEqual([code, status]);
    }
    const inPath = [...name.matchAll(/{(\w+)}/g)].map(([, param]) => param);
    const declared = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
    expect(declared.map((parameter) => parameter.name)).toEqual(inPath);
    expect(declared.every(({ required }) => required)).toBe(true);
    if (operation.requestBody) {
      expect(operation.requestBody).toMatchObject({
        required: true,
        content: { 'application/json': { schema: expect.anything(), example: expect.anything() } },
      });
    }
  },
);

test('what needs a token says so, with its scopes; health, the document and the page need none', () => {
  expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' });
  for (const [name, { security, description, responses }] of operations) {
    const open = /^get \/(v1\/health(\/\w+)?|openapi\.json|docs)$/.test(name);
    expect([name, security]).toEqual([name, open ? undefined : [{ token: [] }]]);
    expect(Object.keys(responses).includes('401')).toBe(!open);
    expect(description.includes('Scope: `')).toBe(!open);
  }
});

test('the examples are what the schemas take', () => {
  let checked = 0;
  for (const { definition } of allRoutes) {
    const answers = Object.values(definition.responses).map((response) =>
      'content' in response ? response.content : undefined,
    );
    const contents = [definition.request?.body?.content, ...answers];
    for (const content of contents) {
      const { schema, example } = (content?.['application/json'] ?? {}) as {
        schema?: z.ZodType;
        example?: unknown;
      };
      if (!schema) continue;
      expect([definition.operationId, schema.safeParse(example).error]).toEqual([
        definition.operationId,
        undefined,
      ]);
      checked++;
    }
  }
  const answers = operations.filter(([, { responses }]) => responses['200']?.content['application/json']);
  const requests = operations.filter(([, { requestBody }]) => requestBody);
  expect(checked).toBe(answers.length + requests.length);
});

test('a forecast request is described as it is checked: closed objects, values that may be missing', () => {
  const { ForecastRequest, Series } = document.components.schemas;
  expect(ForecastRequest.additionalProperties).toBe(false);
  expect(ForecastRequest.required ?? []).toEqual([]);
  expect(Series.required).toEqual(['start', 'target']);
  const list = { type: 'array', items: { type: ['number', 'null'] } };
  expect(Series.properties.target.anyOf).toMatchObject([
    list,
    { type: 'object', additionalProperties: list },
  ]);
});
