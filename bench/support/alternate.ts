/** Does the work a number of times and returns the milliseconds that one time took. */
export type Timed = (times: number) => Promise<number>;

/**
 * Measures two programs in turns, so that what else the machine does falls on both alike. Each turn repeats the
 * work for about `turnMs`.
 *
 * @returns for each the median over its turns, of milliseconds for one time
 */
export async function alternate(
  programs: readonly Timed[],
  { turns = 7, turnMs = 300 } = {},
): Promise<number[]> {
  const counts: number[] = [];
  for (const program of programs) {
    await program(3); // warms up
    counts.push(Math.max(1, Math.round(turnMs / (await program(3)))));
  }
  const times: number[][] = programs.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, program] of programs.entries()) times[i]?.push(await program(counts[i] ?? 1));
  }
  return times.map(median);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
