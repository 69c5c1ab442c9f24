import type { z } from 'zod';

/** How types are called where people read of them. */
const words: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What lengths are counted in, one and several. */
const units: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  record: ['field', 'fields'],
};

/** What a schema wanted, as the end of a sentence. Our own messages say it: they begin with "must". */
export function expectation(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${words[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return bound('at least', 'above', issue.origin, issue.minimum, issue.inclusive);
    case 'too_big':
      return bound('at most', 'below', issue.origin, issue.maximum, issue.inclusive);
    default:
      return `must be right: ${issue.message}`;
  }
}

function bound(
  within: string,
  beyond: string,
  origin: string,
  limit: number | bigint,
  inclusive = true,
): string {
  const [one, several] = units[origin] ?? [];
  if (one === undefined) return `must be ${inclusive ? within : beyond} ${limit}`;
  return `must have ${within} ${limit} ${limit === 1 ? one : several}`;
}
