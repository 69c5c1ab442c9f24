/** One measurement of ours beside the peer's. */
interface Row {
  readonly case: string;
  /** What `ours` and `theirs` count. */
  readonly metric: string;
  /** Null where it could not be measured. */
  readonly ours: number | null;
  /** The peer with its version; null where it could not run, and so is what it measured. */
  readonly peer: string | null;
  readonly theirs: number | null;
  /** Larger is better for us. */
  readonly ratio: number | null;
  /** What the ratio should reach, null where nothing is asked. */
  readonly goal: number | null;
}

/** A row with further columns, which only the table shows. */
export interface ShownRow extends Row {
  readonly shown?: Readonly<Record<string, string>>;
}

/** A row without its peer has not met its goal. */
const isMet = ({ ratio, goal }: Row): boolean => goal === null || (ratio !== null && ratio >= goal);

const number = (value: number | null): string =>
  value === null ? 'null' : value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: false });

/**
 * Prints a benchmark: as a table, or with `json` as one document
 * `{"bench", "rows": [{"case", "metric", "ours", "peer", "theirs", "ratio", "goal"}]}`.
 */
export function report(bench: string, rows: readonly ShownRow[], json: boolean): void {
  if (json) console.log(JSON.stringify({ bench, rows: rows.map(({ shown: _, ...row }) => row) }));
  else printTable(rows);
  const asked = rows.filter(({ goal }) => goal !== null);
  console.error(`${asked.filter(isMet).length} of ${asked.length} goals met`);
  const alone = rows.filter(({ peer }) => peer === null).length;
  if (alone > 0) {
    console.error(
      `${alone} OF ${rows.length} ROWS WERE MEASURED WITHOUT THE PEER: their goals count as not met`,
    );
    process.exitCode = 1;
  }
}

function printTable(rows: readonly ShownRow[]): void {
  const lines = rows.map((row) => ({
    case: row.case,
    metric: row.metric,
    ours: number(row.ours),
    theirs: number(row.theirs),
    ...row.shown,
    ratio: row.ratio === null ? 'null' : row.ratio.toFixed(2),
    goal: row.goal === null ? '' : String(row.goal),
    '': row.goal === null ? '' : isMet(row) ? 'met' : 'NOT MET',
  }));
  const columns = Object.keys(lines[0] ?? {}) as (keyof (typeof lines)[number])[];
  const table = [columns, ...lines.map((line) => columns.map((column) => line[column]))];
  const widths = columns.map((_, c) => Math.max(...table.map((cells) => cells[c]?.length ?? 0)));
  for (const cells of table) {
    const padded = cells.map((cell, c) =>
      c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0),
    );
    console.log(padded.join('  ').trimEnd());
  }
}
