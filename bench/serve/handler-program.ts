/**
 * Prints the milliseconds of the whole handler in this process, from a request to the answer, whose body is written
 * then, and of `session.run` of the same bundle on the same series, in turns: `handler-program ROOT REQUESTS`.
 */
import { everybody, forecastApi } from '../../shared/api/index.ts';
import { readBundle, readCurrent } from '../../shared/bundle/index.ts';
import { shapeOf } from '../../shared/forecast/index.ts';
import { openSession, type Session } from '../../shared/graph/index.ts';
import { createChampions, type OpenModel } from '../../shared/serve/index.ts';
import { fileStore, keys, type ObjectStore } from '../../shared/store/index.ts';
import { model, seriesOf } from './model.ts';

/** Requests in a row. */
const inTurn = 50;

/** Opens what serves, with nothing around it. */
async function bare(store: ObjectStore): Promise<Pick<OpenModel, 'session' | 'shape'>> {
  const version = (await readCurrent(store, model))?.version ?? '';
  const { description, forecaster } = await readBundle(store, keys.model(model, version));
  return { session: await openSession(forecaster), shape: shapeOf(description) };
}

/** The milliseconds of each time that something is done with what was prepared before. */
async function times<T>(prepare: () => T, work: (prepared: T) => Promise<unknown>): Promise<number[]> {
  const prepared = Array.from({ length: inTurn }, prepare);
  const found: number[] = [];
  for (const one of prepared) {
    const began = performance.now();
    await work(one);
    found.push(performance.now() - began);
  }
  return found;
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

const [root = '', requests = '1000'] = process.argv.slice(2);
const store = fileStore(root);
const { session, shape } = await bare(store);
const champions = createChampions(store);
const app = forecastApi({ store, champions, authenticate: everybody });
const body = JSON.stringify({ series: seriesOf(1, shape.context) });
const request = () =>
  new Request(`http://127.0.0.1/v1/models/${model}/forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
const handle = async (asked: Request) => {
  const { status } = await app.fetch(asked);
  if (status !== 200) throw new Error(`answered with ${status}`);
};
const tensors = feeds(shape.context);
const [ours, theirs]: [number[], number[]] = [[], []];
// In turns, so that what else the machine does falls on both; the first turn of each warms up.
for (let turn = 0; turn <= Number(requests) / inTurn; turn++) {
  const graph = await times(
    () => tensors,
    (given) => session.run(given),
  );
  const handler = await times(request, handle);
  if (turn === 0) continue;
  theirs.push(...graph);
  ours.push(...handler);
}
champions.close();
await session.release();
console.log(JSON.stringify({ ours, theirs, values: shape.context }));
