/** How the timestamps of a column are written. */
export interface TimeForm {
  /** For the report: `ISO 8601`, `%d.%m.%Y`. */
  readonly name: string;
  /** What a timestamp of the column must be: for messages. */
  readonly rule: string;
  /** Whether it says nothing of a zone. */
  readonly isLocal: boolean;
  /** SQL of milliseconds from a text, NULL where it is no such timestamp. UTC, or local where it is local. */
  sql(word: string): string;
}
