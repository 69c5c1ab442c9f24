/** How the timestamps of a column are written. */
export interface TimeForm {
  /** For the report: `ISO 8601`, `%d.%m.%Y`. */
  readonly name: string;
  /** What a timestamp of the column must be: for messages. */
  readonly rule: string;
  /** Whether it says nothing of a zone. */
  readonly isLocal: boolean;
  /** Quicker SQL of the same from a column as it is in the file; it may fail where there is no such timestamp. */
  fast?(column: string): string;
  /** SQL of milliseconds from a text, NULL where it is no such timestamp. UTC, or local where it is local. */
  sql(word: string): string;
}
