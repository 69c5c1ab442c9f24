import type { ForecasterDescription, ItemHistory } from '../../../shared/forecast/index.ts';
import { parsePeriod } from '../../../shared/frequency/index.ts';
import type { Item } from '../../api/answers.ts';

type Columns = Readonly<Record<string, readonly (number | null)[]>>;

/** What the API says of an item as a forecast reads it: what the server reads of its store, to the last bit. */
export function historyOf(
  { item, start, target, known, past, static: statics }: Item,
  { channels, covariates, frequency, horizon }: ForecasterDescription,
): ItemHistory {
  const rows = observedPeriods(target);
  return {
    item,
    start: parsePeriod(frequency, start),
    history: sideBySide(channels, target, rows),
    ...(covariates.known.length > 0 && { known: sideBySide(covariates.known, known, rows + horizon) }),
    ...(covariates.past.length > 0 && { past: sideBySide(covariates.past, past, rows) }),
    statics,
  };
}

/** How many periods an item's target has. */
export const observedPeriods = (target: Columns): number => Object.values(target)[0]?.length ?? 0;

/** Columns by name as `[rows, names]`, NaN where there is nothing. */
function sideBySide(names: readonly string[], columns: Columns, rows: number): Float64Array {
  const data = new Float64Array(rows * names.length).fill(Number.NaN);
  names.forEach((name, column) => {
    columns[name]?.slice(0, rows).forEach((value, row) => {
      data[row * names.length + column] = value ?? Number.NaN;
    });
  });
  return data;
}
