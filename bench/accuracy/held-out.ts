import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataset } from '../../shared/dataset/index.ts';
import { type Configuration, parseConfiguration } from '../../shared/documents/index.ts';
import type { SeriesOutcome } from '../../shared/evaluate/index.ts';
import { outcomesOf, readOptions, seriesOf, type Window } from '../../shared/jobs/index.ts';
import type { AccuracySet } from './sets.ts';

/** A set with its training part as a file, and the windows after it. */
export interface HeldOut {
  readonly name: string;
  /** Where the files and the store lie. */
  readonly folder: string;
  readonly training: string;
  readonly configuration: AccuracySet['configuration'];
  /** Rows of each item after the training part. */
  readonly heldOut: number;
  /** Item by item, the older first. */
  readonly windows: readonly Window[];
  readonly horizon: number;
  readonly channels: readonly string[];
  /** Of the known covariates. */
  readonly knownNames: readonly string[];
  readonly season: number;
}

/** A set's configuration with what a run says besides. */
export const configurationOf = (
  configuration: AccuracySet['configuration'],
  more: Readonly<Record<string, unknown>> = {},
): Configuration => parseConfiguration({ ...configuration, ...more });

/** Writes the training part, and reads the whole for the windows to score. */
export async function holdOut(set: AccuracySet, folder: string): Promise<HeldOut> {
  const { name, header, items, heldOut, configuration, season } = set;
  const write = (part: string, newest: number): string => {
    const path = join(folder, `${name}-${part}.csv`);
    writeFileSync(
      path,
      [header, ...items.flatMap((lines) => lines.slice(0, lines.length - newest))].join('\n'),
    );
    return path;
  };
  const training = write('training', heldOut);
  const { panel } = await readDataset([write('whole', 0)], readOptions(configurationOf(configuration)));
  const { horizon } = configuration;
  const windows = seriesOf(panel).flatMap((series) =>
    Array.from({ length: heldOut / horizon }, (_, k) => ({
      series,
      origin: series.rows - 1 - heldOut + k * horizon,
    })),
  );
  const { channels } = panel;
  const knownNames = panel.known.names;
  return { name, folder, training, configuration, heldOut, windows, horizon, channels, knownNames, season };
}

/** What came of the windows, channel by channel, each with its history up to the origin. */
export function historiesOf({ windows, horizon, channels }: HeldOut): readonly SeriesOutcome[] {
  const shape = {
    horizon,
    channels: channels.length,
    context: 1,
    known: 0,
    past: 0,
    statics: [],
    levels: [],
  };
  return windows.flatMap((window) => outcomesOf(window, shape));
}

/**
 * The same for scoring: MASE is scaled by the training part, which is one for all windows of an item, not by what
 * is known at a window's origin.
 */
export function outcomesToScore(held: HeldOut): readonly SeriesOutcome[] {
  const rows = held.windows.flatMap(({ series }) => held.channels.map(() => series.rows - held.heldOut));
  return historiesOf(held).map((one, i) => ({ ...one, training: one.training.subarray(0, rows[i]) }));
}
