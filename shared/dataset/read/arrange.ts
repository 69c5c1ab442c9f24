import { type Frequency, printPeriod } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { emptyPanel, itemKnown, itemPast, itemTarget, type Panel } from '../panel/panel.ts';
import { place, type Span, spanOf } from './regular.ts';
import type { Roles } from './roles.ts';
import type { ItemFaults } from './rows.ts';
import type { Series } from './series.ts';

/** A few rows very far apart would fill the memory with gaps. */
const gapsPerRow = 100;
const gapsAnyway = 1_000_000;

/** The number columns in the order in which they are read: channels, known, past. */
export const numberColumns = ({ target, known, past }: Roles): string[] => [
  ...target.column,
  ...known,
  ...past,
];

/**
 * Rows at their places on the grid.
 *
 * @throws DataError where the panel would be gaps for the most part
 */
export function arrange(
  series: readonly Series[],
  roles: Roles,
  frequency: Frequency,
): { readonly panel: Panel; readonly faults: readonly ItemFaults[] } {
  const spans = series.map((one) => spanOf(one, frequency));
  checkGaps(series, spans, frequency);
  const panel = emptyPanel({
    items: series.map(({ item }) => item ?? ''),
    channels: roles.target.column,
    frequency,
    start: Float64Array.from(spans, ({ start }) => start),
    lengths: spans.map(({ length }) => length),
    known: roles.known,
    horizon: 0,
    past: roles.past,
  });
  const channels = roles.target.column.map((_, i) => i);
  const known = roles.known.map((_, i) => channels.length + i);
  const past = roles.past.map((_, i) => channels.length + known.length + i);
  const faults = series.map((one, i) => ({
    item: panel.items[i] ?? '',
    faults: place(
      one,
      spans[i] as Span,
      frequency,
      [
        { columns: channels, into: itemTarget(panel, i) },
        { columns: known, into: itemKnown(panel, i) },
        { columns: past, into: itemPast(panel, i) },
      ].filter(({ columns }) => columns.length > 0),
    ),
  }));
  return { panel, faults };
}

function checkGaps(series: readonly Series[], spans: readonly Span[], frequency: Frequency): void {
  const rows = series.reduce((sum, { times }) => sum + times.length, 0);
  const periods = spans.reduce((sum, { length }) => sum + length, 0);
  if (periods <= gapsPerRow * rows + gapsAnyway) return;
  const { span, item } = spans
    .map((span, i) => ({ span, item: series[i]?.item }))
    .reduce((a, b) => (a.span.length < b.span.length ? b : a));
  throw new DataError({
    rule: `a table may have at most ${gapsPerRow} periods for each of its rows`,
    received: `${periods} for ${rows}, the longest item ${item} going from ${printPeriod(frequency, span.start)} to ${printPeriod(frequency, span.start + span.length - 1)}`,
    remedy: 'mend timestamps that are far off, or give a longer frequency',
  });
}
