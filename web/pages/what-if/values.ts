import type { Item } from '../../api/answers.ts';
import { observedPeriods } from './history.ts';

/** A value for each step ahead; null where none is known. */
export type Steps = readonly (number | null)[];

/** What is assumed of a covariate: a value for each step, and by how much all of them are changed. */
export interface Assumption {
  readonly base: Steps;
  /** 0.05 is five per cent more. */
  readonly change: number;
}

/** By the covariate's name. */
export type Assumptions = Readonly<Record<string, Assumption>>;

/** What is stored of the covariates for the steps ahead. */
export function storedAssumptions(
  { target, known }: Pick<Item, 'target' | 'known'>,
  names: readonly string[],
  horizon: number,
): Assumptions {
  const rows = observedPeriods(target);
  const ahead = (name: string) =>
    Array.from({ length: horizon }, (_, step) => known[name]?.[rows + step] ?? null);
  return Object.fromEntries(names.map((name) => [name, { base: ahead(name), change: 0 }]));
}

/** Digits that a changed value keeps: what is shown is what is computed with. */
const digits = 7;

/** The values as they are shown and computed with. */
export const stepsOf = ({ base, change }: Assumption): Steps =>
  change === 0
    ? base
    : base.map((value) => (value === null ? null : Number((value * (1 + change)).toPrecision(digits))));

/** Another value at a step. What all steps were changed by is in them from then on, and a new change begins at 0. */
export function withStep(assumption: Assumption, step: number, value: number | null): Assumption {
  return { base: stepsOf(assumption).map((before, i) => (i === step ? value : before)), change: 0 };
}

/**
 * Fills what is missing with the value one season before, or as many seasons as it takes to find one.
 *
 * @param past values up to the first step ahead
 * @param season periods per cycle; 1: the last known value
 */
export function filled(assumption: Assumption, past: Steps, season: number): Assumption {
  const base = [...stepsOf(assumption)];
  base.forEach((value, step) => {
    if (value !== null) return;
    for (let at = past.length + step - season; at >= 0; at -= season) {
      const before = at < past.length ? past[at] : base[at - past.length];
      if (before == null) continue;
      base[step] = before;
      return;
    }
  });
  return { base, change: 0 };
}

export const missingSteps = (assumptions: Assumptions): number =>
  Object.values(assumptions).reduce(
    (sum, assumption) => sum + assumption.base.filter((value) => value === null).length,
    0,
  );

/** Whether it differs from what is stored. */
export const isChanged = (assumption: Assumption, stored: Assumption): boolean =>
  stepsOf(assumption).some((value, step) => value !== stored.base[step]);

/** By name, as a request has it; null while a value is missing. */
export function completeValues(assumptions: Assumptions): Record<string, number[]> | null {
  if (missingSteps(assumptions) > 0) return null;
  return Object.fromEntries(
    Object.entries(assumptions).map(([name, assumption]) => [
      name,
      stepsOf(assumption).filter((value) => value !== null),
    ]),
  );
}
