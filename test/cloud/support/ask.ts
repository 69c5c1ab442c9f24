import type { Cloud } from './cloud.ts';
import type { Deployment } from './deployment.ts';
import { run } from './local.ts';

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, by POST where no method is said. */
  readonly body?: unknown;
}

/** Speaks to the API as the bearer of a token; as nobody where it is null. Redirections are for the test to follow. */
export const ask = (
  { api }: Deployment,
  path: string,
  token: string | null,
  { method, headers, body }: Asked = {},
): Promise<Response> =>
  fetch(`${api}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** A new token of a stack, made as its owner makes one. */
export async function createToken(cloud: Cloud, stack: string, scopes: string, datasets: string) {
  const options = ['--stack', stack, '--scopes', scopes, '--datasets', datasets];
  return (await run('scripts/token.ts', ['create', ...options], cloud.environment)).trim();
}
