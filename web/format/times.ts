/** `1h` has a clock, `1d`, `1w`, `1b`, `1mo`, `1q` and `1y` do not. */
export const hasClock = (frequency: string): boolean => /^\d*(ms|s|min|h)$/.test(frequency);

/** A timestamp of an answer, a date or a date and time in UTC, in milliseconds since 1970. */
export const timeOf = (timestamp: string): number =>
  Date.parse(timestamp.length === 10 ? `${timestamp}T00:00:00Z` : timestamp);

/** Days and what is longer have no zone; what is shorter is shown by the clock of the data. */
export const axisZone = (frequency: string, zone: string | null): string =>
  hasClock(frequency) ? (zone ?? 'UTC') : 'UTC';
