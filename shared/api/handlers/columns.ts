import { show } from '../../errors/index.ts';
import type { OpenModel } from '../../serve/index.ts';
import { refused } from '../problem.ts';
import type { SeriesInput } from '../routes/forecast.ts';

/** Observations of a request as `[time, channel]`, NaN where missing. @param path of the series */
export function targetOf(
  { description: { channels } }: OpenModel,
  target: SeriesInput['target'],
  path: string,
): { readonly rows: number; readonly history: Float64Array } {
  const columns =
    target instanceof Float64Array ? { [singleChannel(channels, `${path}.target`)]: target } : target;
  const rows = Object.values(columns)[0]?.length ?? 0;
  const history = sideBySide(channels, columns, rows, {
    path: `${path}.target`,
    what: 'channels',
    length: `${rows} values, as many as the others`,
    remedy: 'write null for what is missing',
  });
  return { rows, history };
}

/** @throws Refusal where there are known covariates, for a model without any. @param path of the field */
export function refuseKnown(known: Readonly<Record<string, unknown>>, path: string): void {
  const names = Object.keys(known);
  if (names.length === 0) return;
  throw refused(path, {
    rule: 'known covariates can be given to a model that was trained with some',
    received: names.join(', '),
    remedy: 'leave them out, or train with columns.known',
  });
}

/** Past covariates beside the observations; those that are left out are not known. */
export function pastOf(
  { description: { covariates } }: OpenModel,
  given: Readonly<Record<string, Float64Array>>,
  rows: number,
  path: string,
): Float64Array {
  const { past, unused = [] } = covariates;
  checkCovariates(Object.keys(given), past, unused, { path: `${path}.past`, kind: 'past' });
  const columns = past.map((name): readonly [string, Float64Array] => [
    name,
    Object.hasOwn(given, name)
      ? (given[name] ?? new Float64Array())
      : new Float64Array(rows).fill(Number.NaN),
  ]);
  return sideBySide(past, Object.fromEntries(columns), rows, {
    path: `${path}.past`,
    what: 'past covariates',
    length: `${rows} values, one beside each observation`,
    remedy: 'write null for what is missing',
  });
}

export function staticsOf(
  { description: { covariates } }: OpenModel,
  given: NonNullable<SeriesInput['static']>,
  path: string,
): NonNullable<SeriesInput['static']> {
  const { static: known, unused = [] } = covariates;
  const names = known.map(({ name }) => name);
  checkCovariates(Object.keys(given), names, unused, { path: `${path}.static`, kind: 'static' });
  for (const { name, kind } of known) {
    const value = Object.hasOwn(given, name) ? given[name] : null;
    if (kind === 'category' || typeof value !== 'string') continue;
    throw refused(`${path}.static.${name}`, {
      rule: `${name} must be a number, or null where it is not known`,
      received: show(value),
      remedy: 'write a number',
    });
  }
  return given;
}

function checkCovariates(
  given: readonly string[],
  read: readonly string[],
  unused: readonly string[],
  { path, kind }: { readonly path: string; readonly kind: string },
): void {
  const unknown = given.find((name) => !read.includes(name) && !unused.includes(name));
  if (unknown === undefined) return;
  throw refused(`${path}.${unknown}`, {
    rule:
      read.length > 0
        ? `the model's ${kind} covariates are ${read.join(', ')}`
        : `${kind} covariates can be given to a model that was trained with some`,
    received: show(unknown),
    remedy: read.length > 0 ? 'name those' : `leave them out, or train with columns.${kind}`,
  });
}

function singleChannel(channels: readonly string[], path: string): string {
  const [channel = ''] = channels;
  if (channels.length === 1) return channel;
  throw refused(path, {
    rule: `target must have a list for each of the model's channels: ${channels.join(', ')}`,
    received: 'one list',
    remedy: `write {${channels.map((name) => `${show(name)}: […]`).join(', ')}}`,
  });
}

interface Wanted {
  readonly path: string;
  readonly what: string;
  readonly length: string;
  readonly remedy: string;
}

/** Columns by name as `[time, column]`, NaN where missing. */
export function sideBySide(
  names: readonly string[],
  columns: Readonly<Record<string, Float64Array>>,
  rows: number,
  { path, what, length, remedy }: Wanted,
): Float64Array {
  const unknown = Object.keys(columns).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw refused(`${path}.${unknown}`, {
      rule: `the model's ${what} are ${names.join(', ')}`,
      received: show(unknown),
      remedy: 'name those',
    });
  }
  const data = new Float64Array(rows * names.length);
  names.forEach((name, column) => {
    const values = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (values?.length !== rows) {
      throw refused(`${path}.${name}`, {
        rule: `${name} must have ${length}`,
        received: values ? `${values.length}` : 'none',
        remedy,
      });
    }
    values.forEach((value, row) => {
      data[row * names.length + column] = value;
    });
  });
  return data;
}
