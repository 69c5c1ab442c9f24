import type { Prepared } from '../../shared/jobs/index.ts';
import type { SetName } from './sets.ts';

/** A set each of months, hours of many series, hours of one with covariates, and hours of several channels. */
export const ablationSets: readonly SetName[] = ['m3-monthly', 'm4-hourly', 'electricity', 'etth1'];

interface Ablation {
  readonly name: string;
  /** The plan without the ingredient; null where it has none. */
  changed(prepared: Prepared): Prepared | null;
}

type Settings = Prepared['settings'];
type Member = Settings['members'][number];

const withSettings = (prepared: Prepared, settings: Partial<Settings>): Prepared => ({
  ...prepared,
  settings: { ...prepared.settings, ...settings },
});

/** With the first member, which alone is trained, changed. */
function withMember(prepared: Prepared, change: (member: Member) => Partial<Member>): Prepared {
  const [first, ...others] = prepared.settings.members;
  return first ? withSettings(prepared, { members: [{ ...first, ...change(first) }, ...others] }) : prepared;
}

/** What a plan can be asked to do without. */
export const ablations: readonly Ablation[] = [
  {
    name: 'the seasonal index',
    changed: (prepared) =>
      prepared.settings.seasons.length > 0 ? withSettings(prepared, { seasons: [] }) : null,
  },
  {
    name: 'the Theta forecast',
    changed: (prepared) =>
      prepared.settings.members[0]?.theta ? withMember(prepared, () => ({ theta: false })) : null,
  },
  {
    name: 'the local scale (global instead)',
    changed: (prepared) => withMember(prepared, () => ({ scale: 'global' })),
  },
  {
    name: 'known covariates',
    changed: (prepared) => (prepared.settings.known > 0 ? withSettings(prepared, { known: 0 }) : null),
  },
  {
    name: 'half of the window',
    changed: (prepared) =>
      withMember(prepared, ({ window }) => ({ window: Math.max(2, Math.floor(window / 2)) })),
  },
  {
    name: 'three quarters of the steps along a series',
    changed: (prepared) =>
      withSettings(prepared, { steps: Math.max(1, Math.floor(prepared.settings.steps / 4)) }),
  },
  {
    name: 'three quarters of the units',
    changed: (prepared) =>
      withMember(prepared, ({ units }) => ({ units: Math.max(1, Math.floor(units / 4)) })),
  },
  { name: 'the LSTM (GRU instead)', changed: (prepared) => withMember(prepared, () => ({ cell: 'gru' })) },
  {
    name: 'the LSTM (Elman instead)',
    changed: (prepared) => withMember(prepared, () => ({ cell: 'elman' })),
  },
  { name: 'the LSTM (dual instead)', changed: (prepared) => withMember(prepared, () => ({ cell: 'dual' })) },
];
