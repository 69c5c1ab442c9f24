/** A request, as far as it is not the usual one: by the holder of all rights, without a body. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole `Authorization`; null: none. */
  readonly authorization?: string | null;
}

/** What of the problem document is not said by its code. */
export interface Stated {
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly path?: string;
}

export interface BadRequest {
  readonly name: string;
  readonly request: Request;
  /** What was answered well before. */
  readonly before?: readonly Request[];
  readonly problem: Stated;
}

type More = Omit<Request, 'method' | 'path' | 'body'>;

export const get = (path: string, more: More = {}): Request => ({ method: 'GET', path, ...more });
export const post = (path: string, body?: unknown, more: More = {}): Request => ({
  method: 'POST',
  path,
  body,
  ...more,
});
export const put = (path: string, body: unknown, more: More = {}): Request => ({
  method: 'PUT',
  path,
  body,
  ...more,
});
export const remove = (path: string, more: More = {}): Request => ({ method: 'DELETE', path, ...more });
export const text = (contentType: string): More => ({ headers: { 'content-type': contentType } });
export const by = (token: string | null): More => ({ authorization: token });
export const keyed = (key: string): More => ({ headers: { 'idempotency-key': key } });
