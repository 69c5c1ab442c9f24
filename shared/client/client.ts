import createFetchClient, { type Client as FetchClient, type Middleware } from 'openapi-fetch';
import type { components, paths } from './paths.d.ts';

export interface ClientOptions {
  /** Where the API is: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Sent with each request. */
  readonly token?: string;
  /** Default: the one of the platform. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The API's routes by method and path, each with the types of what it takes and gives. */
export type Client = FetchClient<paths>;

type Problem = components['schemas']['Problem'];

/** What the API refused or could not do: its problem document. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.detail}: ${problem.remedy}`);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** A problem is thrown, so that what a call gives is what it asked for. */
const thrown: Middleware = {
  async onResponse({ response }) {
    if (response.headers.get('content-type') !== 'application/problem+json') return;
    throw new ApiError((await response.json()) as Problem);
  },
};

/**
 * A client of the API whose types are made from its OpenAPI document.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:8080' });
 * const { data } = await client.POST('/v1/models/{model}/forecast', {
 *   params: { path: { model: 'electricity' } },
 *   body: { items: ['BE'] },
 * });
 *
 * @throws ApiError from each call, where the API answers with a problem
 */
export function createClient({ url, token, fetch }: ClientOptions): Client {
  const client = createFetchClient<paths>({
    baseUrl: url,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch && { fetch }),
  });
  client.use(thrown);
  return client;
}
