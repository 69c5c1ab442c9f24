import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { crossOriginRules } from '../cors/index.ts';
import { ConfigurationError, show } from '../errors/index.ts';

const { methods, requestHeaders, answerHeaders, maxAge } = crossOriginRules;
const headers = {
  allowMethods: [...methods],
  allowHeaders: [...requestHeaders],
  exposeHeaders: [...answerHeaders],
  maxAge,
};

/**
 * Lets pages of these origins call the API, with tokens that they hold themselves: never with credentials that a
 * browser adds. To others, and to what is no question of a browser, nothing is said.
 *
 * @throws ConfigurationError for what is no origin, `*` among it
 */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  for (const origin of origins) checkOrigin(origin);
  const allow = cors({ origin: [...origins], ...headers });
  return (c, next) => {
    const isKnown = origins.includes(c.req.header('origin') ?? '');
    if (isKnown && (c.req.method !== 'OPTIONS' || c.req.header('access-control-request-method'))) {
      return allow(c, next);
    }
    // An answer that is kept for one origin must not be given to another.
    c.header('vary', 'Origin', { append: true });
    return next();
  };
}

function checkOrigin(origin: string): void {
  if (!origin.includes('*') && URL.canParse(origin) && new URL(origin).origin === origin) return;
  throw new ConfigurationError({
    rule: 'an allowed origin must be a scheme, a host and, where it is another, a port',
    received: show(origin),
    remedy: 'write for example https://example.com, without a slash at the end; name each',
  });
}
