import { forecastItems, type OpenModel } from '../../../serve/index.ts';
import { type Bands, columnsOf } from './bands.ts';
import { refused } from './refused.ts';
import { historyAt, type Sequence } from './sequences.ts';

/** A forecast of the past: what was to be said of `steps` observations when the first `rows` were known. */
export interface Window {
  readonly sequence: Sequence;
  readonly rows: number;
  readonly steps: number;
}

/** One request's forecasts at most: more would outlast what waits for it. */
const mostWindows = 10_000;

/** @throws Refusal for more windows than one request may have */
export function checkWindows(count: number, remedy: string): void {
  if (count <= mostWindows) return;
  throw refused('series.sizes', {
    rule: `a request may need at most ${mostWindows} forecasts`,
    received: String(count),
    remedy,
  });
}

/** Forecasts in windows, and what the client needs to put them into its table. */
export async function forecastWindows(
  model: OpenModel,
  sequences: readonly Sequence[],
  windows: readonly Window[],
  bands: Bands,
) {
  const histories = windows.map(({ sequence, rows }) => historyAt(model, sequence, rows));
  const horizon = windows.reduce((most, { steps }) => Math.max(most, steps), 1);
  const forecasts = await forecastItems(model.session, model.shape, histories, {
    horizon,
    levels: bands.levels,
  });
  const sizes = new Map(sequences.map((sequence) => [sequence, 0]));
  for (const { sequence, steps } of windows) sizes.set(sequence, (sizes.get(sequence) ?? 0) + steps);
  // A bundle that does not say what it has seen may have seen everything.
  const seen = model.description.data.lastPeriod ?? Number.POSITIVE_INFINITY;
  return {
    model: model.dataset,
    version: model.version,
    sizes: [...sizes.values()],
    idxs: eachStep(windows, ({ sequence, rows }, step) => sequence.offset + rows + step),
    in_training: eachStep(windows, ({ sequence, rows }) => sequence.start + rows <= seen),
    ...columnsOf(bands, forecasts, (i) => windows[i]?.steps ?? 0),
    weights_x: null,
    feature_contributions: null,
  };
}

const eachStep = <T>(windows: readonly Window[], of: (window: Window, step: number) => T): T[] =>
  windows.flatMap((window) => Array.from({ length: window.steps }, (_, step) => of(window, step)));

/** How many observations must be there before a series is judged or shown its past: one season. */
export const leastHistory = ({ description }: OpenModel): number => Math.max(1, description.season);
