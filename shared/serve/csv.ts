/** The name of a quantile's column: `p10` for 0.1, `p2.5` for 0.025. */
export const quantileColumn = (level: number): string => `p${Number((100 * level).toPrecision(12))}`;

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of CSV (RFC 4180) with its end; numbers have the digits that read back the same. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? cell : quoted(cell))).join()}\n`;
