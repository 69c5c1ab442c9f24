import { z } from '@hono/zod-openapi';
import { expectation, nearest, show } from '../errors/index.ts';
import { Refusal } from './problem.ts';

/** An object that refuses fields it does not know, with the nearest that it does. */
export function closed<T extends z.core.$ZodLooseShape>(shape: T) {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error({ code, ...issue }) {
      if (code !== 'unrecognized_keys') return undefined;
      const [unknown = ''] = issue.keys as string[];
      const near = nearest(unknown, names);
      // For this issue the message is the remedy: see `refusalOf`.
      return near ? `did you mean ${near}?` : `leave it out; known are ${names.join(', ')}`;
    },
  });
}

type Issue = z.core.$ZodIssue;

/** The first thing that a schema found wrong, as a refusal. */
export function refusalOf(issues: readonly Issue[], value: unknown, place: string): Refusal {
  const issue = deepest(issues);
  const path = written(issue.path);
  const received = short(issue.path.reduce(member, value));
  if (issue.code === 'unrecognized_keys') {
    const field = written([...issue.path, issue.keys[0] ?? '']);
    const rule = `${path || place} must have known fields only`;
    const remedy = issue.message.startsWith('Unrecognized')
      ? 'leave it out; GET /openapi.json lists them'
      : issue.message;
    return new Refusal('REQUEST', { rule, received: show(issue.keys[0]), remedy }, { path: field });
  }
  if (received === 'undefined') {
    const complaint = {
      rule: `${path || place} must be given`,
      received: 'nothing',
      remedy: `add ${path || place}`,
    };
    return new Refusal('REQUEST', complaint, path ? { path } : {});
  }
  const rule = `${path || place} ${expectation(issue)}`;
  const remedy = `mend ${path || place}; GET /openapi.json describes it`;
  return new Refusal('REQUEST', { rule, received, remedy }, path ? { path } : {});
}

/** Of alternatives the one that got furthest: the one that was meant. */
function deepest(issues: readonly Issue[]): Issue {
  const [issue] = issues;
  if (!issue) throw new TypeError('a schema that refuses says why');
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0).map(deepest);
  const best = branches.reduce((a: Issue | null, b) => (a && a.path.length >= b.path.length ? a : b), null);
  return best && best.path.length > 0 ? { ...best, path: [...issue.path, ...best.path] } : issue;
}

const written = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

const member = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const longest = 80;

function short(value: unknown): string {
  const text = show(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
