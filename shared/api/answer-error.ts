import { problemOf, Refusal } from './problem.ts';
import { methodsAt } from './routes/table.ts';

/** Whatever went wrong as a problem document, with the headers that belong to it. */
export function answerError(id: string, error: unknown, path: string): Response {
  const problem = problemOf(error, id);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': id });
  if (problem.code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer realm="tidecast"');
  if (problem.code === 'METHOD') headers.set('allow', methodsAt(path).join(', '));
  const retryAfter = error instanceof Refusal ? error.retryAfter : undefined;
  if (retryAfter !== undefined || problem.status === 503) headers.set('retry-after', String(retryAfter ?? 5));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
