import { everybody, forecastApi } from '../../shared/api/index.ts';
import { readBundle, readCurrent } from '../../shared/bundle/index.ts';
import { openSession, type Session } from '../../shared/graph/index.ts';
import { createChampions, type OpenModel, shapeOf } from '../../shared/serve/index.ts';
import { fileStore, keys, type ObjectStore } from '../../shared/store/index.ts';
import type { ShownRow } from '../support/report.ts';
import { model, seriesOf } from './model.ts';

/** The handler may take so many times as long as the graph alone. */
const allowed = 1.3;

/** Opens what serves, with nothing around it. */
async function bare(store: ObjectStore): Promise<Pick<OpenModel, 'session' | 'shape'>> {
  const version = (await readCurrent(store, model))?.version ?? '';
  const { description, forecaster } = await readBundle(store, keys.model(model, version));
  return { session: await openSession(forecaster), shape: shapeOf(description) };
}

const ranked = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ??
  Number.NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** One series with as many observations as the model reads, as tensors. */
function feeds(length: number): Parameters<Session['run']>[0] {
  const [one] = seriesOf(1, length);
  return {
    history: {
      dtype: 'float64',
      shape: [1, length, 1],
      data: Float64Array.from(one?.target ?? []),
    },
    start: { dtype: 'int64', shape: [1], data: BigInt64Array.from([473_352n]) },
  };
}

/**
 * The whole handler in this process, from a request's bytes to the answer's, beside `session.run` of the same bundle
 * on the same series, in turns.
 */
export async function handlerRows(root: string, requests: number): Promise<readonly ShownRow[]> {
  const store = fileStore(root);
  const { session, shape } = await bare(store);
  const champions = createChampions(store);
  const app = forecastApi({ store, champions, authenticate: everybody });
  const series = seriesOf(1, shape.context);
  const body = JSON.stringify({ series });
  const tensors = feeds(shape.context);
  const handle = async () => {
    const answer = await app.request(`/v1/models/${model}/forecast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(text);
  };
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let request = -50; request < requests; request++) {
    const [graph, handler] = [await timed(() => session.run(tensors)), await timed(handle)];
    if (request < 0) continue; // warms up
    theirs.push(graph);
    ours.push(handler);
  }
  champions.close();
  await session.release();
  return [0.5, 0.99].map((share) => {
    const [mine, bareRun] = [ranked(ours, share), ranked(theirs, share)];
    return {
      case: `one series of ${shape.context} values in process, p${100 * share}`,
      metric: 'ms',
      ours: mine,
      peer: 'session.run alone',
      theirs: bareRun,
      ratio: bareRun / mine,
      goal: share === 0.5 ? 1 / allowed : null,
    };
  });
}
