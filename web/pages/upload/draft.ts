import type { Configuration, Preview, Quality } from '../../api/index.ts';

export const roles = ['item', 'time', 'target', 'known', 'past', 'static', 'ignore'] as const;
export type Role = (typeof roles)[number];

/** What the reader can change before a training. Empty texts mean: as it was found. */
export interface Draft {
  /** By column. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly frequency: string;
  readonly horizon: string;
  readonly budget: string;
  readonly timezone: string;
}

/** What was found and said so far. */
export function draftOf(preview: Preview, configuration: Configuration): Draft {
  const { report, horizon } = preview;
  return {
    roles: report ? rolesOf(report) : saidRoles(configuration),
    frequency: report?.frequency ?? configuration.frequency ?? '',
    horizon: horizon === null ? '' : String(horizon),
    budget: configuration.budget ?? '',
    timezone: configuration.timezone ?? '',
  };
}

const listed = (columns: string | readonly string[] | null | undefined): readonly string[] =>
  columns === null || columns === undefined ? [] : typeof columns === 'string' ? [columns] : columns;

function rolesOf({ roles: found }: Quality): Record<string, Role> {
  const of = (role: Role, columns: readonly string[]) => columns.map((column) => [column, role] as const);
  return Object.fromEntries([
    ...of('item', listed(found.item.column)),
    ...of('time', [found.time.column]),
    ...of('target', found.target.column),
    ...of('known', found.known),
    ...of('past', found.past),
    ...of('static', found.static),
    ...of(
      'ignore',
      found.ignored.map(({ column }) => column),
    ),
  ]);
}

function saidRoles({ columns = {} }: Configuration): Record<string, Role> {
  return Object.fromEntries(
    roles.flatMap((role) => listed(columns[role]).map((column) => [column, role] as const)),
  );
}

/** The configuration with what the draft has changed; everything else stays as it was said. */
export function configurationOf(before: Configuration, found: Draft, draft: Draft): Configuration {
  const text = (name: 'frequency' | 'budget' | 'timezone') =>
    draft[name] === found[name] ? {} : { [name]: draft[name].trim() || undefined };
  const changed = {
    ...before,
    ...text('frequency'),
    ...text('budget'),
    ...text('timezone'),
    ...(draft.horizon !== found.horizon && {
      horizon: draft.horizon === '' ? undefined : Number(draft.horizon),
    }),
    ...(!sameRoles(draft, found) && { columns: columnsOf(draft.roles) }),
  };
  // What was emptied is not said: it is found again.
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}

const sameRoles = (a: Draft, b: Draft): boolean =>
  Object.entries(a.roles).every(([column, role]) => b.roles[column] === role) &&
  Object.keys(a.roles).length === Object.keys(b.roles).length;

function columnsOf(chosen: Draft['roles']): NonNullable<Configuration['columns']> {
  const of = (role: Role) =>
    Object.entries(chosen).flatMap(([column, own]) => (own === role ? [column] : []));
  const one = (role: 'item' | 'target') => {
    const columns = of(role);
    return columns.length === 0 ? {} : { [role]: columns.length === 1 ? columns[0] : columns };
  };
  const [time] = of('time');
  const many = (role: 'known' | 'past' | 'static' | 'ignore') =>
    of(role).length === 0 ? {} : { [role]: of(role) };
  return {
    ...one('item'),
    ...(time !== undefined && { time }),
    ...one('target'),
    ...many('known'),
    ...many('past'),
    ...many('static'),
    ...many('ignore'),
  };
}
