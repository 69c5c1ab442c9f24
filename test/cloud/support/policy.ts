import type { Template } from './template.ts';

/** What one statement allows, with one action and one resource, or one prefix that may be listed. */
export interface Grant {
  /** The construct's name of the statement. */
  readonly sid: string;
  readonly action: string;
  /** An ARN; other resources of the template stand as `<LogicalId>`. */
  readonly resource: string;
  /** For lists: the pattern of prefixes. */
  readonly prefix: string | null;
  /** Whether a request that names no prefix is allowed too. */
  readonly unprefixed: boolean;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const many = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Every grant of the policies attached to a role, one by one. */
export function grantsOf(template: Template, role: string): readonly Grant[] {
  const policies = Object.values(template.Resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Policy' &&
      JSON.stringify(Properties?.Roles ?? []).includes(JSON.stringify({ Ref: role })),
  );
  const statements = policies.flatMap(({ Properties }) => {
    const document = Properties?.PolicyDocument as { readonly Statement: readonly Statement[] } | undefined;
    return document?.Statement ?? [];
  });
  return statements.flatMap(grants);
}

function grants(statement: Statement): readonly Grant[] {
  const { Sid = '', Effect, Action, Resource, Condition = {} } = statement;
  if (Effect !== 'Allow') throw new Error(`statements of functions allow, got ${JSON.stringify(statement)}`);
  const { StringLike = {}, StringLikeIfExists = {}, ...others } = Condition;
  const known = [...Object.keys(StringLike), ...Object.keys(StringLikeIfExists)].every(
    (key) => key === 's3:prefix',
  );
  if (!known || Object.keys(others).length > 0) {
    throw new Error(`conditions on s3:prefix are understood, got ${JSON.stringify(Condition)}`);
  }
  const listed = StringLike['s3:prefix'] ?? StringLikeIfExists['s3:prefix'];
  const prefixes = listed === undefined ? [null] : many(listed);
  return many(Action).flatMap((action) =>
    many(Resource).flatMap((resource) =>
      prefixes.map((prefix) => ({
        sid: Sid,
        action,
        resource: textOf(resource),
        prefix,
        unprefixed: StringLike['s3:prefix'] === undefined,
      })),
    ),
  );
}

/** A value of a template as text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = []] = Object.entries(value ?? {});
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${many(argument)[0]}>`;
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(textOf).join('');
  throw new Error(`Ref, Fn::GetAtt and Fn::Join are understood, got ${JSON.stringify(value)}`);
}

/** Whether text is as a pattern of IAM says: `*` any characters, `?` one. */
export function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** What a function asked of S3, with the bucket as the template names it. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly prefix: string | null;
}

export const allows = (grant: Grant, { action, resource, prefix }: Asked): boolean =>
  grant.action === action &&
  isLike(resource, grant.resource) &&
  (grant.prefix === null || (prefix === null ? grant.unprefixed : isLike(prefix, grant.prefix)));
