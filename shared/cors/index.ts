/**
 * What pages of other origins may send to the API, and see of its answers. The server says it itself; in the cloud API
 * Gateway does, which is set up from here as well.
 */
export const crossOriginRules = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
  requestHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'],
  answerHeaders: [
    ...(['etag', 'retry-after', 'x-request-id', 'idempotency-replayed'] as const),
    ...(['ratelimit', 'ratelimit-policy', 'www-authenticate'] as const),
  ],
  /** Seconds that a browser need not ask again. */
  maxAge: 3600,
} as const;
