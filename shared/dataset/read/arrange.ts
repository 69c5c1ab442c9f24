import { type Frequency, printPeriod } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { emptyPanel, type Panel } from '../panel/panel.ts';
import { type Grid, gridOf, isOn, type Span, spanOf } from './grid.ts';
import type { Series } from './grouping.ts';
import { type Destination, type GridFaults, place } from './regular.ts';
import type { ItemFaults } from './rows.ts';

/** A few rows very far apart would fill the memory with gaps. */
const gapsPerRow = 100;
const gapsAnyway = 1_000_000;

/** The names of number columns by what they are for. */
export interface Measures {
  readonly channels: readonly string[];
  readonly known: readonly string[];
  readonly past: readonly string[];
}

/** The number columns in the order in which they are read. */
export const numberColumns = ({ channels, known, past }: Measures): string[] => [
  ...channels,
  ...known,
  ...past,
];

/** A panel, and what kept rows out of it. */
export interface Arranged {
  readonly panel: Panel;
  /** Of items that have any. */
  readonly faults: readonly ItemFaults[];
  /** Rows that repeat another one. */
  readonly merged: number;
}

/** Rows, and where they are to go. */
interface Layout {
  readonly series: readonly Series[];
  readonly frequency: Frequency;
  readonly grid: Grid;
  /** Of each of the series. */
  readonly spans: readonly Span[];
}

/** @throws DataError where the panel would be gaps for the most part */
export function layOut(series: readonly Series[], frequency: Frequency): Layout {
  const grid = gridOf(frequency);
  const spans = series.map((one) => spanOf(one, grid));
  checkGaps(series, spans, frequency);
  return { series, frequency, grid, spans };
}

/** Whether all rows are at beginnings of periods. */
export const isOnGrid = ({ series, grid }: Layout): boolean => series.every((one) => isOn(one, grid));

/**
 * Rows at their places on the grid. They are released one after another, so that there need not be memory for all of
 * them twice.
 */
export function arrange({ series, frequency, grid, spans }: Layout, measures: Measures): Arranged {
  const { channels, known, past } = measures;
  const shape = {
    items: series.map(({ item }) => item ?? ''),
    channels,
    frequency,
    start: Float64Array.from(spans, ({ start }) => start),
    lengths: spans.map(({ length }) => length),
    known,
    horizon: 0,
    past,
  };
  // Zeros take no memory before they are written, which each item's are when it is placed.
  const panel = emptyPanel(shape, (size) => new Float64Array(size));
  const positions = (names: readonly string[], first: number) => names.map((_, i) => first + i);
  const destinations: Destination[] = [
    { columns: positions(channels, 0), into: panel.target },
    { columns: positions(known, channels.length), into: panel.known.values },
    { columns: positions(past, channels.length + known.length), into: panel.past.values },
  ];
  const found: ItemFaults[] = [];
  let merged = 0;
  for (const [i, one] of series.entries()) {
    const faults = place(one, spans[i] as Span, grid, destinations, panel.indptr[i] ?? 0);
    one.release();
    merged += faults.merged;
    if (isFaulty(faults)) found.push({ item: one.item ?? '', faults });
  }
  return { panel, faults: found, merged };
}

const isFaulty = ({ offGrid, conflicts, isInfinite }: GridFaults): boolean =>
  offGrid.count > 0 || conflicts.count > 0 || isInfinite;

function checkGaps(series: readonly Series[], spans: readonly Span[], frequency: Frequency): void {
  const rows = series.reduce((sum, one) => sum + one.rows, 0);
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
