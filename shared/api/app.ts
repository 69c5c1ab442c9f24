import { randomUUID } from 'node:crypto';
import { type Hook, OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { type Authenticate, covers, type Grant, mayDo } from './access/access.ts';
import { limitedBody } from './body.ts';
import { refusalOf } from './issues.ts';
import { type ProblemCode, problemOf, Refusal } from './problem.ts';
import { type Route, type RouteAccess, routingPath } from './routes/route.ts';
import { methodsAt } from './routes/table.ts';

export interface AppDependencies {
  readonly authenticate: Authenticate;
  /** Bytes of a request's body at most. Default: 6 MB, what a Lambda takes. */
  readonly largestBody?: number;
  /** Hears of what is answered with a status of 500 or more. */
  readonly onError?: (error: unknown, requestId: string) => void;
}

interface Env {
  Variables: {
    requestId: string;
    /** Of whoever was let in; routes for everybody have none. */
    grant: Grant;
  };
}

export type App = OpenAPIHono<Env>;

const defaultLargest = 6 * 10 ** 6;

/** An app in which each of the routes is guarded, and whatever goes wrong is a problem document; without handlers. */
export function createApp(
  { authenticate, largestBody = defaultLargest, onError }: AppDependencies,
  routes: readonly Route[],
): App {
  const app: App = new OpenAPIHono<Env>({ defaultHook: validated });
  app.use(requestId({ limitLength: 64, generator: ({ env }) => gatewayId(env) ?? randomUUID() }));
  for (const route of routes) {
    const { method } = route.definition;
    if (route.access) app.on(method, routingPath(route), guard(authenticate, route.access));
    if (route.definition.request?.body) app.on(method, routingPath(route), limitedBody(largestBody));
  }
  app.notFound((c) => answerError(c.var.requestId, noPlace(c.req.method, c.req.path), c.req.path));
  app.onError((error, c) => {
    const response = answerError(c.var.requestId, translated(error), c.req.path);
    if (response.status >= 500) onError?.(error, c.var.requestId);
    return response;
  });
  return app;
}

/** API Gateway's id of the request, which its access log has too. */
const gatewayId = (env: { readonly requestContext?: { readonly requestId?: string } } | undefined) =>
  env?.requestContext?.requestId;

/** Lets in who holds what the route needs: 401 where nobody is known, 403 where it is another's. */
function guard(authenticate: Authenticate, { scopes, dataset }: RouteAccess): MiddlewareHandler<Env> {
  return async (c, next) => {
    const grant = await authenticate(c.req.header('authorization'));
    if (!grant) {
      throw new Refusal('UNAUTHENTICATED', {
        rule: 'this needs a token that is known',
        received: c.req.header('authorization') ? 'another one, or another scheme' : 'none',
        remedy: 'send Authorization: Bearer tc_…; whoever runs this makes tokens with `npm run token`',
      });
    }
    const named = dataset && ('param' in dataset ? c.req.param(dataset.param) : c.req.query(dataset.query));
    if (named !== undefined && !covers(grant, named)) {
      throw new Refusal('FORBIDDEN', {
        rule: `the token must be for this dataset; it is for ${grant.datasets.join(', ')}`,
        received: named,
        remedy: 'name another dataset, or ask for a token for this one',
      });
    }
    if (!mayDo(grant, scopes)) {
      throw new Refusal('FORBIDDEN', {
        rule: `the token must have the scope ${scopes.join(' or ')}`,
        received: grant.scopes.join(', '),
        remedy: 'ask for a token with it',
      });
    }
    c.set('grant', grant);
    await next();
  };
}

const places: Readonly<Record<string, string>> = {
  json: 'the body',
  param: 'the path',
  query: 'the query',
};

/** What the schemas refuse is thrown, like everything that is refused. */
const validated: Hook<unknown, Env, string, unknown> = (result) => {
  if (result.success) return;
  throw refusalOf(
    result.error.issues,
    'data' in result ? result.data : undefined,
    places[result.target] ?? result.target,
  );
};

function noPlace(method: string, path: string): Refusal {
  const methods = methodsAt(path);
  if (methods.length === 0 || methods.includes(method)) {
    return new Refusal('NOT_FOUND', {
      rule: 'a request must be to one of the places that GET /openapi.json lists',
      received: `${method} ${path}`,
      remedy: 'mend the path',
    });
  }
  return new Refusal('METHOD', {
    rule: `${path} takes ${methods.join(', ')}`,
    received: method,
    remedy: `use ${methods.join(' or ')}`,
  });
}

/** What Hono itself refuses, in our words. */
function translated(error: Error): Error {
  if (!(error instanceof HTTPException)) return error;
  const [code, rule, remedy]: readonly [ProblemCode, string, string] =
    error.status === 415
      ? ['MEDIA_TYPE', 'the body must be JSON', 'send it with content-type: application/json']
      : ['MALFORMED', 'the body must be JSON', 'send well-formed JSON, with null for what is missing'];
  return error.status < 500 ? new Refusal(code, { rule, received: 'something else', remedy }) : error;
}

function answerError(id: string, error: unknown, path: string): Response {
  const problem = problemOf(error, id);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': id });
  if (problem.code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer realm="tidecast"');
  if (problem.code === 'METHOD') headers.set('allow', methodsAt(path).join(', '));
  if (problem.status === 503) headers.set('retry-after', '5');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
