/** What a token may be allowed to do; `admin` may do everything. */
export const scopes = ['forecast', 'upload', 'admin'] as const;

export type Scope = (typeof scopes)[number];

/** What somebody who was let in may do. */
export interface Grant {
  /** Names the holder in logs. */
  readonly id: string;
  /** Datasets, with `*` for any letters: `sales-*`. */
  readonly datasets: readonly string[];
  readonly scopes: readonly Scope[];
}

/**
 * Who is asking, by the request's `Authorization`; null where nobody that is known. Behind an authorizer that has
 * decided before (IAM) that is `everybody`.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Grant | null>;

const bearer = /^Bearer ([^\s]+)$/i;

/** The token that is shown; null where none is, or by another scheme. */
export const bearerOf = (authorization: string | undefined): string | null =>
  bearer.exec(authorization ?? '')?.[1] ?? null;

const everything: Grant = { id: 'everybody', datasets: ['*'], scopes: ['admin'] };

export const everybody: Authenticate = async () => everything;

/** How datasets may be named in a grant. */
export const datasetPattern = /^[A-Za-z0-9._*-]{1,64}$/;

/** Whether one of the scopes is enough. */
export const mayDo = ({ scopes: held }: Grant, sufficient: readonly Scope[]): boolean =>
  held.includes('admin') || sufficient.some((scope) => held.includes(scope));

export const covers = ({ datasets }: Grant, dataset: string): boolean =>
  datasets.some((pattern) => matches(pattern, dataset));

/** A pattern's parts between its stars, each found behind the one before: time grows with the name, not beyond. */
function matches(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return name === pattern;
  if (!name.startsWith(head)) return false;
  let from = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return name.length - tail.length >= from && name.endsWith(tail);
}

/** Where to look for the datasets that a pattern covers: what stands before its first star. */
export const literalPart = (pattern: string): string => pattern.split('*', 1)[0] ?? '';

export const isPattern = (pattern: string): boolean => pattern.includes('*');
