import type { OpenModel } from '../../../serve/index.ts';
import { forecastWindows as forecastAll, inTraining } from '../windows.ts';
import { type Bands, columnsOf } from './bands.ts';
import { remedyForKnown, type Sequence } from './sequences.ts';

/** A window of a sequence. */
export interface Window {
  readonly sequence: Sequence;
  readonly rows: number;
  readonly steps: number;
}

/** Forecasts in windows, and what the client needs to put them into its table. */
export async function forecastWindows(
  model: OpenModel,
  sequences: readonly Sequence[],
  windows: readonly Window[],
  bands: Bands,
) {
  const cut = windows.map(({ sequence: { history }, rows, steps }) => ({
    ...{ history, rows, steps },
    path: 'series.X',
  }));
  const forecasts = await forecastAll(model, cut, { levels: bands.levels, remedy: remedyForKnown(model) });
  const sizes = new Map(sequences.map((sequence) => [sequence, 0]));
  for (const { sequence, steps } of windows) sizes.set(sequence, (sizes.get(sequence) ?? 0) + steps);
  return {
    model: model.dataset,
    version: model.version,
    sizes: [...sizes.values()],
    idxs: eachStep(windows, ({ sequence, rows }, step) => sequence.offset + rows + step),
    in_training: eachStep(windows, ({ sequence: { history }, rows }) => inTraining(model, { history, rows })),
    ...columnsOf(bands, forecasts, (i) => windows[i]?.steps ?? 0),
    weights_x: null,
    feature_contributions: null,
  };
}

const eachStep = <T>(windows: readonly Window[], of: (window: Window, step: number) => T): T[] =>
  windows.flatMap((window) => Array.from({ length: window.steps }, (_, step) => of(window, step)));
