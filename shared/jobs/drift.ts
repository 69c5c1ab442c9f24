import { type BundleDescription, BundleError, readDescription } from '../bundle/index.ts';
import { DataError, type Panel } from '../dataset/index.ts';
import type { Configuration } from '../documents/index.ts';
import { printFrequency } from '../frequency/index.ts';
import { canonicalJson, type Json, keys, type ObjectStore } from '../store/index.ts';

interface DriftTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly configuration: Configuration;
  /** The version that serves. */
  readonly parent: string | null;
}

/**
 * Refuses data that have become something else than the model that serves was trained on: another frequency, a
 * channel or a covariate that is missing. An upload by mistake would else replace it with a model that answers other
 * questions. Where the configuration has changed what is read, that is how it was meant.
 *
 * @throws DataError saying what has changed
 */
export async function refuseDrift(
  { store, dataset, configuration, parent }: DriftTask,
  panel: Panel,
): Promise<void> {
  const before = parent === null ? null : await descriptionOf(store, dataset, parent);
  if (!before || readingOf(before.configuration as Partial<Configuration>) !== readingOf(configuration))
    return;
  const [was, is] = [before.frequency, panel.frequency].map(printFrequency);
  if (was !== is) {
    throw drifted(`rows ${was} apart`, `rows ${is} apart`);
  }
  const numbers = new Set([...panel.channels, ...panel.known.names, ...panel.past.names]);
  const { known, past } = before.covariates;
  const missing = [...before.channels, ...known, ...past].filter((name) => !numbers.has(name));
  // A single channel may be called otherwise: it is what is forecast all the same.
  const isRenamed = before.channels.length === 1 && panel.channels.length === 1;
  const lost = missing.filter((name) => !(isRenamed && name === before.channels[0]));
  if (lost.length > 0) {
    throw drifted(
      `the number columns ${[...before.channels, ...known, ...past].join(', ')}`,
      `none called ${lost.join(', ')}`,
    );
  }
  if (before.channels.length !== panel.channels.length) {
    throw drifted(
      `${before.channels.length} channels`,
      `${panel.channels.length}: ${panel.channels.join(', ')}`,
    );
  }
}

const drifted = (rule: string, received: string): DataError =>
  new DataError({
    rule: `the data must still have ${rule}, as those of the model that serves`,
    received,
    remedy: 'mend the upload, make a dataset of another name, or say in the configuration how it is meant',
  });

async function descriptionOf(
  store: ObjectStore,
  dataset: string,
  version: string,
): Promise<BundleDescription | null> {
  try {
    return await readDescription(store, keys.model(dataset, version));
  } catch (error) {
    if (error instanceof BundleError) return null;
    throw error;
  }
}

/** What a configuration says of what is read. */
const readingOf = ({ columns, frequency, aggregation, timezone }: Partial<Configuration>): string =>
  canonicalJson({ columns, frequency, aggregation, timezone } as Json);
