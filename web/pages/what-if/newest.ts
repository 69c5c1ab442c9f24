/**
 * Does one thing at a time. Of those that are asked for meanwhile only the newest is done afterwards: whoever moves a
 * slider waits for its last place alone.
 *
 * @param work does it
 * @param done gets each result, of which the reader wants the newest that there is
 */
export function newestOnly<Q, A>(
  work: (question: Q) => Promise<A>,
  done: (answer: A, question: Q) => void,
  failed: (error: unknown) => void,
): { ask(question: Q): void; stop(): void } {
  let next: { readonly question: Q } | null = null;
  let busy = false;
  let stopped = false;
  const go = async () => {
    busy = true;
    while (next && !stopped) {
      const { question } = next;
      next = null;
      try {
        const answer = await work(question);
        if (!stopped) done(answer, question);
      } catch (error) {
        if (!stopped) failed(error);
      }
    }
    busy = false;
  };
  return {
    ask(question) {
      next = { question };
      if (!busy) void go();
    },
    stop() {
      stopped = true;
    },
  };
}
