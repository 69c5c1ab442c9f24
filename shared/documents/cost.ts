import type { Job } from './job.ts';
import { prices } from './prices.ts';

/**
 * What so many gigabyte-seconds of Lambda cost in US dollars: an estimate. Requests, state transitions and storage
 * cost little beside it and are left out; so is the free tier.
 */
export const costOf = (gigabyteSeconds: number): number => gigabyteSeconds * prices.lambdaGigabyteSecond;

/** A step's work, in milliseconds of the clock and the memory that it was given. */
export interface Usage {
  readonly began: number;
  readonly now: number;
  readonly gigabytes: number;
}

/** The job's fields after this work. Steps side by side add up in cost and not in time. */
export function used(
  { startedAt, gigabyteSeconds: before }: Job,
  { began, now, gigabytes }: Usage,
): Pick<Job, 'seconds' | 'gigabyteSeconds' | 'cost'> {
  const gigabyteSeconds = before + gigabytes * (Math.max(0, now - began) / 1000);
  const seconds = Math.max(0, now - Date.parse(startedAt)) / 1000;
  return { seconds, gigabyteSeconds, cost: costOf(gigabyteSeconds) };
}
