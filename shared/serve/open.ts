import { type BundleDescription, readBundle } from '../bundle/index.ts';
import { openSession, type Session } from '../graph/index.ts';
import { keys, type ObjectStore } from '../store/index.ts';
import { forecastItems, type ModelShape } from './forecast.ts';
import { shapeOf } from './stored.ts';

/** A version that was read, verified and opened as a whole. */
export interface OpenModel {
  readonly dataset: string;
  readonly version: string;
  readonly description: BundleDescription;
  readonly shape: ModelShape;
  readonly session: Session;
}

/** Reads, verifies and opens a version. @throws BundleError where it is missing or damaged */
export async function openModel(store: ObjectStore, dataset: string, version: string): Promise<OpenModel> {
  const { description, forecaster } = await readBundle(store, keys.model(dataset, version));
  const session = await openSession(forecaster);
  return { dataset, version, description, shape: shapeOf(description), session };
}

/** One run on nothing, after which the next is fast, and which a graph that cannot run does not survive. */
export async function tryOut({ session, shape }: OpenModel): Promise<void> {
  await forecastItems(session, shape, [{ item: '', start: 0, history: new Float64Array(0) }]);
}
