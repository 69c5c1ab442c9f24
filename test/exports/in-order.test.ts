import { inOrder } from '../../shared/exports/in-order.ts';

async function* numbers(count: number) {
  for (let i = 0; i < count; i++) yield i;
}

const all = async <T>(results: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
};

test('results stand in the order of the entries, and no more are worked on than allowed', async () => {
  let [working, most] = [0, 0];
  const work = async (entry: number, turn: number) => {
    expect(turn).toBe(entry);
    most = Math.max(most, ++working);
    for (let i = 0; i < 10 - entry; i++) await Promise.resolve(); // later ones are done sooner
    working--;
    return entry;
  };
  expect(await all(inOrder(numbers(10), 3, work))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBeLessThanOrEqual(3);
  expect(await all(inOrder(numbers(0), 3, work))).toEqual([]);
});

test('one that fails fails in its turn, and what was begun behind it is waited for', async () => {
  const done: number[] = [];
  const work = async (entry: number) => {
    await Promise.resolve();
    if (entry === 1) throw new Error('one');
    done.push(entry);
    return entry;
  };
  const seen: number[] = [];
  const read = async () => {
    for await (const result of inOrder(numbers(10), 4, work)) seen.push(result);
  };
  await expect(read()).rejects.toThrow('one');
  expect(seen).toEqual([0]);
  expect(done).toContain(0);
  expect(done.length).toBeLessThan(10);
});
