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
}

/**
 * Prints any received value so that it can be told apart: strings quoted, NaN and undefined by name.
 */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(value) ?? String(value);
}
