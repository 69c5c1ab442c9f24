import { openSession, type Session, tensor } from '../../shared/graph/index.ts';
import { exportForecaster } from '../../shared/model/index.ts';
import { mergedSession, openThread, ThreadError } from '../../shared/serve/threads/index.ts';
import { movedParameters, seasonal, tinySettings } from '../support/forecaster.ts';

const settings = tinySettings();
const { context } = settings;
let graph: Uint8Array;
let here: Session;

beforeAll(async () => {
  graph = await exportForecaster([{ settings, parameters: movedParameters(settings) }], [1, 1, 1], {});
  here = await openSession(graph);
});

/** One request's items, each with history of its own. */
const feeds = (items: number, seed: number) => ({
  history: tensor(
    'float64',
    [items, context, 1],
    Array.from({ length: items }, (_, i) => seasonal(context, seed + i)).flat(),
  ),
  start: tensor('int64', [items], Array<number>(items).fill(480_000 + seed)),
});

/** Kernels for more rows at once may add in another order: that is seen in the last digits of float32. */
const near = (results: Awaited<ReturnType<Session['run']>>) =>
  Object.fromEntries(
    Object.entries(results).map(([name, { shape, data }]) => [
      name,
      [shape, Array.from<number | bigint, unknown>(data, (value) => expect.closeTo(Number(value), 4))],
    ]),
  );

const numbers = (results: Awaited<ReturnType<Session['run']>>) =>
  Object.fromEntries(Object.entries(results).map(([name, { shape, data }]) => [name, [shape, [...data]]]));

describe('a session in a thread of its own', () => {
  test('gives what the same graph gives here, and ends its thread when it is released', async () => {
    const thread = await openThread(graph);
    expect(thread.inputs).toEqual(here.inputs);
    const asked = [1, 2, 3].map((seed) => thread.run(feeds(seed, seed)));
    // Released behind the runs: they are done all the same.
    await thread.release();
    for (const [i, answer] of (await Promise.all(asked)).entries()) {
      expect(numbers(answer)).toEqual(numbers(await here.run(feeds(i + 1, i + 1))));
    }
  });

  test('a wrong tensor is refused and the next is answered', async () => {
    const thread = await openThread(graph);
    await expect(thread.run({ nothing: tensor('float64', [1], [1]) })).rejects.toThrow('a tensor can be fed');
    expect(numbers(await thread.run(feeds(1, 1)))).toEqual(numbers(await here.run(feeds(1, 1))));
    await thread.release();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(thread.run(feeds(1, 1))).rejects.toThrow(ThreadError);
  });

  test('what is no graph is told of', async () => {
    await expect(openThread(new Uint8Array([1, 2, 3]))).rejects.toThrow(ThreadError);
  });

  test('this thread goes on while a graph is opened and run', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++);
    const thread = await openThread(graph);
    const opened = turns;
    await thread.run(feeds(5000, 1));
    clearInterval(timer);
    await thread.release();
    // On this thread there would be a turn before each of the two, if any.
    expect(opened).toBeGreaterThan(3);
    expect(turns - opened).toBeGreaterThan(3);
  });
});

describe('merged runs', () => {
  /** A session that waits to be let go, and counts the rows of its runs. */
  function held() {
    const rows: number[] = [];
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const session = mergedSession({
      ...here,
      async run(given) {
        rows.push(given.history?.shape[0] ?? 0);
        await gate;
        return here.run(given);
      },
    });
    return { session, rows, letGo: () => letGo() };
  }

  test('what comes while the session works is run together, and each gets its own, as it would alone', async () => {
    const { session, rows, letGo } = held();
    const sizes = [1, 2, 1, 3, 1];
    const asked = sizes.map((size, i) => session.run(feeds(size, 10 * i)));
    letGo();
    const answers = await Promise.all(asked);
    expect(rows).toEqual([1, 7]);
    for (const [i, answer] of answers.entries()) {
      expect(numbers(answer)).toEqual(near(await here.run(feeds(sizes[i] ?? 0, 10 * i))));
    }
  });

  test('a large request is not made to wait for more, nor joined to others beyond 256 rows', async () => {
    const { session, rows, letGo } = held();
    const asked = [1, 200, 56, 1, 300, 2].map((size, i) => session.run(feeds(size, i)));
    letGo();
    await Promise.all(asked);
    expect(rows).toEqual([1, 256, 1, 300, 2]);
  });

  test('a run that fails fails those that it was for, and no others', async () => {
    const { session, letGo } = held();
    const wrong = { ...feeds(1, 1), start: tensor('float64', [1], [1]) };
    const [one, two, three] = [feeds(1, 1), wrong, feeds(1, 2)].map((given) => session.run(given));
    letGo();
    await expect(two).rejects.toThrow();
    expect(numbers((await one) ?? {})).toEqual(numbers(await here.run(feeds(1, 1))));
    expect(numbers((await three) ?? {})).toEqual(numbers(await here.run(feeds(1, 2))));
  });

  test('only the outputs that were asked for are given', async () => {
    expect(Object.keys(await mergedSession(here).run(feeds(1, 1), ['mean']))).toEqual(['mean']);
  });
});
