import type { ShownRow } from '../support/report.ts';
import { type Figures, type MetricName, meanFigures, type Result } from './figures.ts';
import { askedPeers, coverageWithin, type Goals } from './goals.ts';
import { metricTitles } from './table.ts';

/** A peer that was asked for and could not run on a set. */
export interface Failed {
  readonly set: string;
  readonly peer: string;
}

const compared = ['smape', 'mase', 'owa', 'wql'] as const satisfies readonly MetricName[];
const aheadIn: readonly MetricName[] = ['mase', 'wql'];

/** The mean of the seeds beside what is asked and beside everything else that was measured or published. */
export function rowsOf(
  set: string,
  results: readonly Result[],
  failed: readonly Failed[],
  goals: Goals | null,
): readonly ShownRow[] {
  const ours = results.filter(({ kind }) => kind === 'ours').map(({ figures }) => figures);
  if (ours.length === 0) return [];
  const mean = meanFigures(ours);
  const others = results.filter(({ kind }) => kind !== 'ours');
  return [
    ...(goals ? goalRows(set, mean, goals) : []),
    ...others.flatMap((other) => besideRows(set, mean, other, goals)),
    ...failed.filter((one) => one.set === set).flatMap(({ peer }) => missingRows(set, mean, peer, goals)),
  ];
}

function goalRows(set: string, mean: Figures, { atMost }: Goals): readonly ShownRow[] {
  const row = (metric: string, ours: number | null, bound: number): ShownRow => ({
    case: set,
    metric,
    ours,
    peer: 'goal',
    theirs: bound,
    ratio: ours === null ? null : bound / Math.max(ours, 1e-9),
    goal: 1,
    shown: { beside: 'goal' },
  });
  const off = (covered: number | null, share: number) =>
    covered === null ? null : Math.abs(covered - share);
  return [
    ...(Object.keys(metricTitles) as MetricName[]).flatMap((metric) => {
      const bound = atMost[metric] ?? null;
      return bound === null ? [] : [row(metricTitles[metric][0], mean[metric], bound)];
    }),
    row('|coverage − 0.8|', off(mean.coverage80, 0.8), coverageWithin),
    row('|coverage − 0.95|', off(mean.coverage95, 0.95), coverageWithin),
  ];
}

function besideRows(set: string, mean: Figures, other: Result, goals: Goals | null): readonly ShownRow[] {
  return compared.flatMap((metric) => {
    const [ours, theirs] = [mean[metric], other.figures[metric]];
    if (ours === null || theirs === null) return [];
    const asked = (goals?.ahead ?? false) && aheadIn.includes(metric) && isAsked(other);
    return [
      {
        case: set,
        metric: metricTitles[metric][0],
        ours,
        peer: other.by,
        theirs,
        ratio: theirs / ours,
        goal: asked ? 1 : null,
        shown: { beside: other.by },
      },
    ];
  });
}

const isAsked = ({ kind, by }: Result): boolean =>
  kind === 'baseline' || (kind === 'peer' && askedPeers.some((name) => by.includes(name)));

const missingRows = (set: string, mean: Figures, peer: string, goals: Goals | null): readonly ShownRow[] =>
  aheadIn.map((metric) => ({
    case: set,
    metric: metricTitles[metric][0],
    ours: mean[metric],
    peer: null,
    theirs: null,
    ratio: null,
    goal: goals?.ahead && askedPeers.includes(peer.toUpperCase()) ? 1 : null,
    shown: { beside: peer },
  }));
