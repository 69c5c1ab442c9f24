/** Enough to hide a network's delay, few enough for one function's sockets. */
const atOnce = 16;

/** Does `work` on each entry, some at the same time. The first failure ends it and is passed on. */
export async function concurrently<T>(
  entries: readonly T[],
  work: (entry: T) => Promise<void>,
): Promise<void> {
  const left = entries.values();
  let failed = false;
  const lane = async () => {
    for (const entry of left) {
      if (failed) return;
      try {
        await work(entry);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, entries.length) }, lane));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}
