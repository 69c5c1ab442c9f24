import { type MetricName, meanFigures, noFigures, type Result, spreadFigures } from './figures.ts';
import type { Goals } from './goals.ts';

/** Each metric's title and digits after the point. */
export const metricTitles: Readonly<Record<MetricName, readonly [title: string, digits: number]>> = {
  smape: ['sMAPE', 3],
  mase: ['MASE', 3],
  owa: ['OWA', 3],
  wql: ['wQL', 4],
  coverage80: ['in 80 %', 3],
  coverage95: ['in 95 %', 3],
  seconds: ['s', 1],
  megabytes: ['MB', 0],
};
const metrics = Object.keys(metricTitles) as MetricName[];

type Line = Pick<Result, 'kind' | 'by' | 'figures'>;

/** Ours of each seed with mean and spread, what is asked, and the others, as aligned text. */
export function setTable(set: string, results: readonly Result[], goals: Goals | null): string {
  const ours = results.filter(({ kind }) => kind === 'ours');
  const figures = ours.map((one) => one.figures);
  const summary: readonly Line[] =
    ours.length > 0
      ? [
          { kind: 'ours', by: 'mean', figures: meanFigures(figures) },
          { kind: 'ours', by: 'spread', figures: spreadFigures(figures) },
        ]
      : [];
  const asked = goals ? [['goal', 'at most', ...cells({ ...noFigures, ...goals.atMost })]] : [];
  const rows = (lines: readonly Line[]) =>
    lines.map(({ kind, by, ...one }) => [kind, by, ...cells(one.figures)]);
  return aligned([
    [set, '', ...metrics.map((metric) => metricTitles[metric][0])],
    ...rows([...ours, ...summary]),
    ...asked,
    ...rows(results.filter(({ kind }) => kind !== 'ours')),
  ]);
}

const cells = (figures: Line['figures']): readonly string[] =>
  metrics.map((metric) => figures[metric]?.toFixed(metricTitles[metric][1]) ?? '');

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, c) => Math.max(...lines.map((cells) => cells[c]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, c) => (c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
