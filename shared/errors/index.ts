export { expectation } from './expectation.ts';

/**
 * The three parts every Tidecast error states: the rule, what was received, and the remedy.
 */
export interface Complaint {
  /** What must hold, e.g. `horizon must be 1..48 (the model's maximum)`. */
  readonly rule: string;
  /** What was received instead, e.g. `60`. */
  readonly received: string;
  /** What the caller can do, e.g. `train with a longer horizon or ask for at most 48`. */
  readonly remedy: string;
}

/** The base of all errors that Tidecast raises on purpose. `code` is stable across releases. */
export abstract class TidecastError extends Error {
  abstract readonly code: string;

  readonly complaint: Complaint;

  constructor(complaint: Complaint, options?: ErrorOptions) {
    super(`${complaint.rule}, got ${complaint.received}: ${complaint.remedy}`, options);
    this.complaint = complaint;
    this.name = new.target.name;
  }
}

/** A configuration value is outside its range. */
export class ConfigurationError extends TidecastError {
  readonly code = 'CONFIGURATION';
  /** The field that is wrong, where it is one: `columns.target`. */
  readonly path: string | undefined;

  constructor(complaint: Complaint, { path, ...options }: ErrorOptions & { readonly path?: string } = {}) {
    super(complaint, options);
    this.path = path;
  }
}

/**
 * Prints any received value so that it can be told apart: strings quoted, NaN and undefined by name.
 */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(value) ?? String(value);
}

/** The allowed word nearest to a mistyped one, for a remedy: "did you mean lstm?"; null where none is near. */
export function nearest(word: string, allowed: readonly string[]): string | null {
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : null;
}

/** How many insertions, deletions, replacements and swaps of neighbours make one word of another (Damerau). */
function editDistance(a: string, b: string): number {
  let [beforeLast, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforeLast?.[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (last?.[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [beforeLast, last] = [last, next];
  }
  return last?.[b.length] ?? 0;
}
