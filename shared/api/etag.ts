import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import type { Route } from './routes/route.ts';

/** Whether a route answers with a document, which is small and whole before it is sent. */
export const givesDocument = ({ definition: { method, responses } }: Route): boolean => {
  const answer = responses[200];
  const content = answer && 'content' in answer ? Object.keys(answer.content ?? {}) : [];
  return method === 'get' && content.join() === 'application/json';
};

/** Gives a document the hash of its bytes as `ETag`, and 304 to who has it already: `If-None-Match`. */
export const revalidated = etag({
  retainedHeaders: [...RETAINED_304_HEADERS, 'x-request-id', 'ratelimit', 'ratelimit-policy'],
});
