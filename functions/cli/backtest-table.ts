import type { BundleMetrics } from '../../shared/bundle/index.ts';
import { figure, table } from './output.ts';

const shown = { mase: 'MASE', smape: 'sMAPE', wql: 'wQL', coverage80: '80 % coverage' } as const;

/** What people call the baselines, the simplest first; one that is not named here goes by its own name. */
const titles: Readonly<Record<string, string>> = {
  naive: 'last value',
  seasonalNaive: 'seasonal naive',
  naive2: 'Naive2',
  theta: 'Theta',
  ets: 'ETS',
};

export const titleOf = (baseline: string): string => titles[baseline] ?? baseline;

const names = Object.keys(titles);
/** A bundle's names are sorted; the table has its own order, with unknown ones at the end. */
const place = (baseline: string): number => names.indexOf(baseline) + 1 || names.length + 1;

/** The backtest of a bundle, the baselines below it. */
export function backtestTable(backtest: BundleMetrics | undefined): string {
  if (!backtest) return 'the series are too short for a backtest';
  const row = (name: string, scores: BundleMetrics['scores']) => [
    name,
    ...Object.keys(shown).map((metric) => figure(scores[metric])),
  ];
  return table([
    ['backtest', ...Object.values(shown)],
    row('tidecast', backtest.scores),
    ...Object.entries(backtest.baselines ?? {})
      .sort(([a], [b]) => place(a) - place(b))
      .map(([name, scores]) => row(titleOf(name), scores)),
  ]);
}
