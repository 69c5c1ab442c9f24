import type { OpenModel } from '../../../serve/index.ts';
import { refused } from '../../problem.ts';
import type { FlatSeries } from '../../routes/nixtla/series.ts';

/** Which rows of `X` are not known ahead, as far as the request says so, and the steps that `X_future` has. */
export interface Layout {
  readonly historic?: readonly number[] | null | undefined;
  readonly ahead?: number;
}

/** The model's covariates beside one series. */
interface Covariates {
  /** `[time + steps given ahead, known]` */
  readonly known: Float64Array;
  /** `[time, past]`, NaN where the request has none. */
  readonly past: Float64Array;
}

/** Cuts one series' covariates out. @param from its first place in the flat lists @param index which series it is */
type Cut = (from: number, size: number, index: number) => Covariates;

/**
 * Covariates have no names in a request: they are the model's, in its order, and must be as many.
 *
 * @throws Refusal where they are not
 */
export function covariatesOf(model: OpenModel, series: FlatSeries, { historic, ahead = 0 }: Layout): Cut {
  const { known: knownNames, past: pastNames } = model.description.covariates;
  const rows = series.X ?? [];
  const future = series.X_future ?? [];
  const last = ahead > 0 ? rows.slice(future.length) : rows.slice(knownNames.length);
  const past = historic ? historic.flatMap((row) => rows[row] ?? []) : last;
  const known = rows.filter((row) => !past.includes(row));
  checkCount('known', known.length, knownNames);
  if (past.length > 0) checkCount('past', past.length, pastNames);
  if (ahead > 0 && future.length !== known.length) checkCount('known', future.length, knownNames);
  checkLengths('series.X', rows, series.y.length);
  checkLengths('series.X_future', future, series.sizes.length * ahead);
  return (from, size, index) => ({
    known: beside(
      known.map((row, k) => [
        row.subarray(from, from + size),
        future[k]?.subarray(index * ahead, (index + 1) * ahead) ?? new Float64Array(0),
      ]),
    ),
    past:
      past.length > 0
        ? beside(past.map((row) => [row.subarray(from, from + size)]))
        : new Float64Array(size * pastNames.length).fill(Number.NaN),
  });
}

const places = {
  known: { path: 'series.X_future', rule: 'known covariates', how: 'X_df' },
  past: { path: 'series.X', rule: 'past covariates', how: 'hist_exog_list' },
};

function checkCount(kind: keyof typeof places, count: number, names: readonly string[]): void {
  if (count === names.length) return;
  const { path, rule, how } = places[kind];
  throw refused(path, {
    rule: `the model has ${names.length} ${rule}${names.length > 0 ? `: ${names.join(', ')}, in this order` : ''}`,
    received: String(count),
    remedy:
      names.length > 0
        ? `give these by ${how}, in this order: a request does not hold their names`
        : `leave ${how} and date_features out, or train a model with columns.${kind}`,
  });
}

function checkLengths(path: string, rows: readonly Float64Array[], length: number): void {
  const wrong = rows.findIndex((row) => row.length !== length);
  if (wrong < 0) return;
  throw refused(`${path}[${wrong}]`, {
    rule: `each covariate must have ${length} values`,
    received: String(rows[wrong]?.length),
    remedy: 'send a value for each period of each series, null where it is missing',
  });
}

/** Columns, each in pieces, as `[time, column]`. */
function beside(columns: readonly (readonly Float64Array[])[]): Float64Array {
  const whole = columns.map((pieces) => pieces.flatMap((piece) => [...piece]));
  const data = new Float64Array((whole[0]?.length ?? 0) * whole.length);
  whole.forEach((column, c) => {
    column.forEach((value, row) => {
      data[row * whole.length + c] = value;
    });
  });
  return data;
}
