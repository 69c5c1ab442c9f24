import { type RouteConfig, z } from '@hono/zod-openapi';
import { namePattern } from '../../store/index.ts';
import type { Scope } from '../access/access.ts';
import { kinds, type ProblemCode, problemSchema } from '../problem.ts';

/** A route as everything else takes it: the gate, the handlers, the document. */
export interface Route<R extends RouteConfig = RouteConfig> {
  readonly definition: R;
  readonly access: RouteAccess | null;
  /** Whether it takes an `Idempotency-Key`: it makes or changes something, and no repetition may do so twice. */
  readonly creates: boolean;
}

/** Who may use a route; null: everybody, also without a token. */
export interface RouteAccess {
  /** One of these is enough; `admin` always is. */
  readonly scopes: readonly Scope[];
  /** The part of the path, or the field of the query or the body, that names the dataset, if one does. */
  readonly dataset?: { readonly param: string } | { readonly query: string } | { readonly body: string };
}

interface Rules {
  readonly access: RouteAccess | null;
  /** What it can answer beside what every route can. */
  readonly problems: readonly ProblemCode[];
  /** Whether it makes or changes something that a repetition must not do twice. */
  readonly creates?: boolean;
}

const repeatable: readonly ProblemCode[] = [
  'REQUEST',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE',
  'KEY_REUSED',
  'KEY_IN_USE',
];
const behindTokens: readonly ProblemCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'ORIGIN', 'ACCESS'];

/**
 * A definition with the problems it can answer and, where it is not for everybody, the need of a token. Of its type
 * only what it answers when all is well: problems are thrown.
 */
export function route<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  { access, problems, creates = false }: Rules,
  config: R,
): Route<R> {
  const codes: readonly ProblemCode[] = [
    ...problems,
    ...(creates ? repeatable : []),
    ...(access ? behindTokens : []),
    ...(['RATE_LIMIT', 'INTERNAL'] as const),
  ];
  const description = [config.description, access && scopeText(access)].filter(Boolean).join('\n\n');
  const definition = {
    ...config,
    description,
    ...(access && { security: [{ token: [] }] }),
    responses: { ...config.responses, ...problemResponses(codes) },
  };
  return { definition, access, creates };
}

const scopeText = ({ scopes }: RouteAccess) =>
  `Scope: ${[...new Set([...scopes, 'admin'])].map((scope) => `\`${scope}\``).join(' or ')}.`;

/** By status, as OpenAPI wants it; several codes may share one. */
function problemResponses(codes: readonly ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => kinds[code][0]))];
  return Object.fromEntries(
    statuses.map((status) => {
      const same = [...new Set(codes)].filter((code) => kinds[code][0] === status);
      const description = same.map((code) => `${kinds[code][1]}: \`${code}\`.`).join(' ');
      return [status, { description, content: { 'application/problem+json': { schema: problemSchema } } }];
    }),
  );
}

/** What every route can answer that forecasts from series in its body. */
export const forecastProblems = [
  'MALFORMED',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE',
  'REQUEST',
  'FREQUENCY',
  'ANSWER_TOO_LARGE',
  'UNKNOWN_MODEL',
  'BUNDLE',
] as const satisfies readonly ProblemCode[];

/** A route's path as Hono spells it. */
export const routingPath = ({ definition }: Route): string => definition.path.replaceAll(/{(.+?)}/g, ':$1');

export const json = <S extends z.ZodType, E>(schema: S, example: E) => ({
  'application/json': { schema, example },
});

/** A file, or where it can be got. */
export const fileResponses = {
  200: {
    description: 'The file.',
    content: {
      'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) },
    },
  },
  302: { description: 'The file is at `Location`, for some minutes.' },
} as const;

/** A name that may stand in a path. */
export const nameSchema = (what: string, example: string) =>
  z
    .string()
    .regex(namePattern, "must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit")
    .openapi({ description: what, example });

/** How lists are cut into pages. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Entries at most.'),
  after: z.string().max(1024).optional().describe('Where to go on: what `next` said.'),
};

export const nextSchema = z
  .string()
  .nullable()
  .describe('Where the next page begins, as `after` takes it; null at the end.');
