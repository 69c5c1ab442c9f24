import type { Session, Tensor } from '../../graph/index.ts';

type Feeds = Parameters<Session['run']>[0];
type Results = Awaited<ReturnType<Session['run']>>;

interface Waiting {
  readonly feeds: Feeds;
  readonly rows: number;
  /** What has to be equal for two to be run as one: names, types and all dimensions but the first. */
  readonly form: string;
  done(results: Results): void;
  failed(error: unknown): void;
}

/** Rows that one run takes: more would make those who ask for one series wait for those who ask for many. */
const mostRows = 256;

/**
 * A session whose runs that wait for each other become one: while the session works, what comes gathers, and is then
 * run together along the first dimension, in the order in which it came. Who comes alone does not wait. Every input
 * and output of the graph must have the batch as its first dimension, as a forecaster's have.
 *
 * A run that fails fails for each of those that it was made for.
 */
export function mergedSession(session: Session): Session {
  const waiting: Waiting[] = [];
  let working = false;

  async function work(): Promise<void> {
    working = true;
    for (let batch = take(waiting); batch.length > 0; batch = take(waiting)) {
      try {
        const results = await session.run(together(batch));
        let from = 0;
        for (const { rows, done } of batch) {
          done(rowsOf(results, from, rows));
          from += rows;
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    working = false;
  }

  return {
    ...session,
    run: (feeds, outputs) =>
      new Promise((done, failed) => {
        const [first] = Object.values(feeds);
        const form = formOf(feeds);
        const pick = (results: Results) => done(outputs ? named(results, outputs) : results);
        waiting.push({ feeds, rows: first?.shape[0] ?? 0, form, done: pick, failed });
        if (!working) void work();
      }),
  };
}

const formOf = (feeds: Feeds): string =>
  Object.entries(feeds)
    .map(([name, { dtype, shape }]) => `${name} ${dtype} ${shape.slice(1).join(' ')}`)
    .sort()
    .join('\n');

const named = (results: Results, outputs: readonly string[]): Results =>
  Object.fromEntries(outputs.flatMap((name) => (results[name] ? [[name, results[name]]] : [])));

/** The first that waits, and those behind it that can be run with it. */
function take(waiting: Waiting[]): Waiting[] {
  const [first] = waiting;
  if (!first) return [];
  let [count, rows] = [0, 0];
  for (const one of waiting) {
    if (one.form !== first.form || (count > 0 && rows + one.rows > mostRows)) break;
    rows += one.rows;
    count++;
  }
  return waiting.splice(0, count);
}

function together(batch: readonly Waiting[]): Feeds {
  const [first] = batch;
  if (batch.length === 1 && first) return first.feeds;
  return Object.fromEntries(
    Object.entries(first?.feeds ?? {}).map(([name, tensor]) => [
      name,
      joined(
        batch.flatMap(({ feeds }) => feeds[name] ?? []),
        tensor,
      ),
    ]),
  );
}

function joined(tensors: readonly Tensor[], { dtype, shape }: Tensor): Tensor {
  const rows = tensors.reduce((sum, tensor) => sum + (tensor.shape[0] ?? 0), 0);
  const size = tensors.reduce((sum, { data }) => sum + data.length, 0);
  const data = emptyLike(tensors[0]?.data ?? new Float64Array(), size);
  let at = 0;
  for (const tensor of tensors) {
    data.set(tensor.data as never, at);
    at += tensor.data.length;
  }
  return { dtype, shape: [rows, ...shape.slice(1)], data };
}

type Data = Tensor['data'];

const emptyLike = (data: Data, size: number): Data =>
  new (data.constructor as new (size: number) => Data)(size);

const rowsOf = (results: Results, from: number, rows: number): Results =>
  Object.fromEntries(
    Object.entries(results).map(([name, { dtype, shape, data }]) => {
      const width = data.length / Math.max(1, shape[0] ?? 1);
      const own = data.subarray(from * width, (from + rows) * width);
      return [name, { dtype, shape: [rows, ...shape.slice(1)], data: own as Data }];
    }),
  );
