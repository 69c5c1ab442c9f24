import { randomUUID } from 'node:crypto';
import { type Hook, OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { type Authenticate, type Grant, mayDo } from './access/access.ts';
import { ownSite } from './access/own-site.ts';
import { notKnown, requireCovered } from './access/require.ts';
import { answerError } from './answer-error.ts';
import { limitedBody } from './body.ts';
import { crossOrigin } from './cors.ts';
import { givesDocument, revalidated } from './etag.ts';
import { type Idempotency, idempotent } from './idempotency/idempotency.ts';
import { refusalOf } from './issues.ts';
import { isFault, Refusal } from './problem.ts';
import {
  countRequest,
  type Quota,
  type RateLimit,
  statedQuota,
  type Take,
  tokenBuckets,
} from './rate-limit.ts';
import { type Route, type RouteAccess, routingPath } from './routes/route.ts';
import { methodsAt } from './routes/table.ts';

export interface AppDependencies {
  readonly authenticate: Authenticate;
  /** Bytes of a request's body at most. Default: 6 MB, what a Lambda takes. */
  readonly largestBody?: number;
  /** Where answers to requests with an `Idempotency-Key` are kept; without it the header does nothing. */
  readonly idempotency?: Idempotency;
  /** How often a token, or else an address, may ask. Default: as often as it likes. */
  readonly rateLimit?: RateLimit;
  /** Origins of web pages that may call: `https://example.com`. Default: none. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Whether only this machine may ask, by its own names, and no page of another site: where no token is needed. */
  readonly onlyOwnSite?: boolean;
  /** Hears of what is answered with a fault of ours. */
  readonly onError?: (error: unknown, requestId: string) => void;
}

interface Env {
  Variables: {
    requestId: string;
    /** Of whoever was let in; routes for everybody have none. */
    grant: Grant;
    quota?: Quota;
  };
}

export type App = OpenAPIHono<Env>;

const defaultLargest = 6 * 10 ** 6;

/** An app in which each of the routes is guarded, and whatever goes wrong is a problem document; without handlers. */
export function createApp(
  {
    authenticate,
    largestBody = defaultLargest,
    idempotency,
    rateLimit,
    corsOrigins = [],
    onlyOwnSite = false,
    onError,
  }: AppDependencies,
  routes: readonly Route[],
): App {
  const app: App = new OpenAPIHono<Env>({ defaultHook: validated });
  app.use(requestId({ limitLength: 64, generator: ({ env }) => gatewayId(env) ?? randomUUID() }));
  if (corsOrigins.length > 0) app.use(crossOrigin(corsOrigins));
  if (onlyOwnSite) app.use(ownSite(corsOrigins));
  const take = rateLimit && tokenBuckets(rateLimit);
  if (take) app.use(statedQuota);
  for (const route of routes) {
    const { method, request } = route.definition;
    const on = (handler: MiddlewareHandler) => app.on(method, routingPath(route), handler);
    if (givesDocument(route)) on(revalidated);
    if (route.access) on(guard(authenticate, route.access, take));
    else if (take) on(counted(take));
    if (request?.body || route.creates) on(limitedBody(largestBody));
    if (route.creates && idempotency) on(idempotent(idempotency));
  }
  app.notFound((c) => answerError(c.var.requestId, noPlace(c.req.method, c.req.path), c.req.path));
  app.onError(async (error, c) => {
    const response = answerError(c.var.requestId, await translated(error, c), c.req.path);
    if (isFault(response.status)) onError?.(error, c.var.requestId);
    return response;
  });
  return app;
}

/** API Gateway's id of the request, which its access log has too. */
const gatewayId = (env: { readonly requestContext?: { readonly requestId?: string } } | undefined) =>
  env?.requestContext?.requestId;

const counted =
  (take: Take): MiddlewareHandler<Env> =>
  (c, next) => {
    countRequest(c, take, null);
    return next();
  };

/** Lets in who holds what the route needs: 401 where nobody is known, 403 where it is another's. */
function guard(
  authenticate: Authenticate,
  { scopes, dataset }: RouteAccess,
  take: Take | undefined,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const authorization = c.req.header('authorization');
    const grant = await authenticate(authorization);
    // Who shows no token, or one that is not known, is known by the address alone.
    if (take) countRequest(c, take, grant && authorization ? grant.id : null);
    if (!grant) throw notKnown(authorization);
    const named = dataset && nameIn(c, dataset);
    if (named !== undefined) requireCovered(grant, named);
    if (!mayDo(grant, scopes)) {
      throw new Refusal('FORBIDDEN', {
        rule: `the token must have the scope ${scopes.join(' or ')}`,
        received: grant.scopes.join(', ') || 'none',
        remedy: 'ask for a token with it',
      });
    }
    c.set('grant', grant);
    await next();
  };
}

/** The dataset that path or query name; one in the body is not read yet: whoever reads it asks `requireCovered`. */
function nameIn({ req }: Context<Env>, dataset: NonNullable<RouteAccess['dataset']>): string | undefined {
  if ('param' in dataset) return req.param(dataset.param);
  return 'query' in dataset ? req.query(dataset.query) : undefined;
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
    remedy: `use ${methods.join(', ').replace(/, (?=\w+$)/, ' or ')}`,
  });
}

/** What Hono itself refuses, in our words. */
async function translated(error: Error, { req }: Context<Env>): Promise<Error> {
  if (!(error instanceof HTTPException) || error.status >= 500) return error;
  if (error.status === 415) {
    const type = req.header('content-type');
    return new Refusal('MEDIA_TYPE', {
      rule: 'the body must be sent as JSON',
      received: type ? `content-type: ${type}` : 'no content-type',
      remedy: 'send JSON with content-type: application/json',
    });
  }
  const isEmpty = (await req.text()) === '';
  return new Refusal('MALFORMED', {
    rule: 'the body must be JSON',
    received: isEmpty ? 'nothing' : 'something else',
    remedy: isEmpty ? 'send an object' : 'send well-formed JSON, with null for what is missing',
  });
}
