import { type CalendarFeature, generate } from '../calendar/index.ts';
import type { Frequency } from '../frequency/index.ts';

/** Known covariates that nobody has to give. */
export interface Calendar {
  readonly features: readonly CalendarFeature[];
  readonly frequency: Frequency;
}

/** How many columns they are. */
export const generatedColumns = (calendar: Calendar | undefined): number =>
  calendar?.features.reduce((sum, { columns }) => sum + columns.length, 0) ?? 0;

/** Makes `[count, columns]` from a period on; the items of a batch mostly begin at the same one. */
export function calendarRows(calendar: Calendar, count: number): (first: number) => Float64Array {
  const { features, frequency } = calendar;
  const width = generatedColumns(calendar);
  const made = new Map<number, Float64Array>();
  return (first) => {
    const known = made.get(first);
    if (known) return known;
    const rows = new Float64Array(count * width);
    let column = 0;
    for (const feature of features) {
      const columns = feature.columns.length;
      setColumns(rows, generate(feature, frequency, first, count), { width, columns, row: 0, column });
      column += columns;
    }
    made.set(first, rows);
    return rows;
  };
}

interface Place {
  /** Columns of `into`. */
  readonly width: number;
  /** Columns of `from`. */
  readonly columns: number;
  /** Where its first row and column go. */
  readonly row: number;
  readonly column: number;
}

/** Copies a matrix into some columns of a wider one. */
export function setColumns(
  into: Float64Array,
  from: Float64Array,
  { width, columns, row, column }: Place,
): void {
  if (columns === width) {
    into.set(from, row * width);
    return;
  }
  for (let at = 0; at < from.length; at++) {
    into[(row + Math.floor(at / columns)) * width + column + (at % columns)] = from[at] as number;
  }
}
