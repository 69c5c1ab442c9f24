import type { Row } from './accuracy.ts';

const number = (digits: number) => (value: number | null) => (value === null ? '' : value.toFixed(digits));

/** What the table shows of a row, by the column's title. */
const columns: Readonly<Record<string, (row: Row) => string>> = {
  set: ({ set }) => set,
  by: ({ by }) => by,
  MASE: ({ mase }) => number(3)(mase),
  sMAPE: ({ smape }) => number(2)(smape),
  wQL: ({ wql }) => number(4)(wql),
  coverage: ({ coverage }) => number(3)(coverage),
  seconds: ({ seconds }) => number(0)(seconds),
};

/** Rows as aligned text. */
export function printTable(rows: readonly Row[]): string {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((show) => show(row)))];
  const widths = Object.keys(columns).map((_, c) => Math.max(...lines.map((cells) => cells[c]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, c) => (c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
