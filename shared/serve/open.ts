import { type BundleDescription, readBundle } from '../bundle/index.ts';
import { forecastItems, type ModelShape, shapeOf } from '../forecast/index.ts';
import { openSession, type Session } from '../graph/index.ts';
import { keys, type ObjectStore } from '../store/index.ts';
import { mergedSession, openThread } from './threads/index.ts';

/** A version that was read, verified and opened as a whole. */
export interface OpenModel {
  readonly dataset: string;
  readonly version: string;
  readonly description: BundleDescription;
  readonly shape: ModelShape;
  readonly session: Session;
}

/** Opens a version of a dataset. @throws BundleError where it is missing or damaged */
export type OpenVersion = (store: ObjectStore, dataset: string, version: string) => Promise<OpenModel>;

const openBy =
  (open: (forecaster: Uint8Array) => Promise<Session>): OpenVersion =>
  async (store, dataset, version) => {
    const { description, forecaster } = await readBundle(store, keys.model(dataset, version));
    return { dataset, version, description, shape: shapeOf(description), session: await open(forecaster) };
  };

/** Reads, verifies and opens a version on this thread: where one request is answered at a time, as in a Lambda. */
export const openModel: OpenVersion = openBy((forecaster) => openSession(forecaster));

/** The same in a thread of the version's own, where requests that come meanwhile are run together. */
export const openThreadedModel: OpenVersion = openBy(async (forecaster) =>
  mergedSession(await openThread(forecaster)),
);

/** The same in a thread of its own, each run as it is asked for: the same runs give the same bits whatever else goes on. */
export const openModelInThread: OpenVersion = openBy(openThread);

/** One run on nothing, after which the next is fast, and which a graph that cannot run does not survive. */
export async function tryOut({ session, shape }: OpenModel): Promise<void> {
  await forecastItems(session, shape, [{ item: '', start: 0, history: new Float64Array(0) }]);
}
