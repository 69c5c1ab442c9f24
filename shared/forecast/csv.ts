/** The name of a quantile's column: `p10` for 0.1, `p2.5` for 0.025. */
export const quantileColumn = (level: number): string => `p${Number((100 * level).toPrecision(12))}`;

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of CSV (RFC 4180) with its end; numbers have the digits that read back the same. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? cell : quoted(cell))).join()}\n`;

/** What a spreadsheet would take for a formula; numbers with a sign are none. */
const formula = /^'*[=+\-@\t\r]/;
const signed = /^[-+]?[\d.,]+$/;

/**
 * A name that a spreadsheet shows and does not calculate (OWASP, CSV injection): an apostrophe before what looks like
 * a formula, and before apostrophes that stand there already, so that it can be taken away again.
 */
export const harmless = (name: string): string =>
  formula.test(name) && !signed.test(name) ? `'${name}` : name;

/** The name that `harmless` was given. */
export const unharmed = (name: string): string =>
  name.startsWith("'") && harmless(name.slice(1)) === name ? name.slice(1) : name;

/** The columns of a table of forecasts; the channel's where there are several. */
export const forecastColumns = (levels: readonly number[], several: boolean): readonly string[] => [
  ...['item_id', ...(several ? ['channel'] : []), 'timestamp', 'mean'],
  ...levels.map(quantileColumn),
];
