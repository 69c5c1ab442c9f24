import { checkKnown, forecastItems, type ItemForecast, type ItemHistory } from '../../forecast/index.ts';
import type { OpenModel } from '../../serve/index.ts';
import { at, Refusal } from '../problem.ts';

/** A forecast of the past: what was to be said of `steps` observations when the first `rows` were known. */
export interface Window {
  /** All that is known of the item, its known covariates also of the periods after its end. */
  readonly history: ItemHistory;
  readonly rows: number;
  readonly steps: number;
  /** The field of the request that its covariates come from. */
  readonly path: string;
}

/** One request's forecasts at most: more would outlast what waits for it. */
const mostWindows = 10_000;

/** @throws Refusal for more windows than one request may have */
export function checkWindows(count: number, path: string, remedy: string): void {
  if (count <= mostWindows) return;
  throw new Refusal(
    'REQUEST',
    { rule: `a request may need at most ${mostWindows} forecasts`, received: String(count), remedy },
    { path },
  );
}

/**
 * An item as it was when it had its first `rows` observations.
 *
 * @param remedy what to do where known covariates are not there
 * @throws Refusal where known covariates end before the model's horizon does
 */
export function historyAt(
  { description, shape }: OpenModel,
  { history, rows, path }: Omit<Window, 'steps'>,
  remedy: string,
): ItemHistory {
  const { known, past } = history;
  const cut: ItemHistory = {
    ...history,
    history: history.history.subarray(0, rows * shape.channels),
    ...(known && { known: known.subarray(0, (rows + shape.horizon) * shape.known) }),
    ...(past && { past: past.subarray(0, rows * shape.past) }),
  };
  if (shape.known > 0) {
    at(path, () => checkKnown(cut, shape, { names: description.covariates.known, remedy }));
  }
  return cut;
}

/** The forecasts of windows, all as long as the longest of them. @throws Refusal as `historyAt` */
export async function forecastWindows(
  model: OpenModel,
  windows: readonly Window[],
  { levels, remedy }: { readonly levels: readonly number[]; readonly remedy: string },
): Promise<readonly ItemForecast[]> {
  const histories = windows.map((window) => historyAt(model, window, remedy));
  const horizon = windows.reduce((most, { steps }) => Math.max(most, steps), 1);
  return forecastItems(model.session, model.shape, histories, { horizon, levels });
}

/** Whether a window begins in the model's training data: what is forecast there says little about its quality. */
export function inTraining(
  { description: { data } }: OpenModel,
  { history, rows }: Pick<Window, 'history' | 'rows'>,
): boolean {
  // A bundle that does not say what it has seen may have seen everything.
  return history.start + rows <= (data.lastPeriod ?? Number.POSITIVE_INFINITY);
}

/** How many observations must be there before a series is judged or shown its past: one season. */
export const leastHistory = ({ description }: OpenModel): number => Math.max(1, description.season);
