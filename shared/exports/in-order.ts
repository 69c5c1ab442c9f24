/**
 * Works on some entries at the same time, and hands the results out in the entries' order. Where it is broken off,
 * or one fails, what was begun is waited for: nobody works on afterwards.
 *
 * @param atOnce entries that are worked on, or done and not yet taken; 1 begins the next when it is asked for
 * @param work gets an entry and how many there were before it
 */
export async function* inOrder<T, R>(
  entries: AsyncIterable<T>,
  atOnce: number,
  work: (entry: T, turn: number) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  let turn = 0;
  try {
    for await (const entry of entries) {
      const result = work(entry, turn++);
      result.catch(() => undefined); // whoever comes to it hears of it
      begun.push(result);
      const [first] = begun;
      if (begun.length < atOnce || !first) continue;
      yield await first;
      begun.shift();
    }
    for (const result of begun.splice(0)) yield await result;
  } finally {
    await Promise.allSettled(begun);
  }
}
