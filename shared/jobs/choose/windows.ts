import type { ForecasterSettings } from '../../model/index.ts';
import { type Chunk, type Series, windowChunks } from '../chunks.ts';

/** The two halves of the backtest's windows: what is chosen by one is reported on the other. */
export const parts = ['calibrate', 'report'] as const;
export type Part = (typeof parts)[number];

/** A window that something is chosen by. */
export interface ChoiceWindow {
  readonly part: Part;
  readonly chunk: Chunk;
}

export interface PlannedWindows {
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
  readonly windows: readonly { readonly calibrate: readonly number[]; readonly report: readonly number[] }[];
}

/** The windows to choose by, evenly from all where there are more than so many of a part. */
export const choiceWindows = (planned: PlannedWindows, mostPerPart: number): readonly ChoiceWindow[] =>
  parts.flatMap((part) => evenly(chunksOf(planned, part), mostPerPart).map((chunk) => ({ part, chunk })));

const chunksOf = ({ settings, series, windows }: PlannedWindows, part: Part): readonly Chunk[] =>
  windowChunks(
    settings,
    series.flatMap((one, i) => (windows[i]?.[part] ?? []).map((origin) => ({ series: one, origin }))),
  );

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
