import { ConfigurationError, show, TidecastError } from '../../shared/errors/index.ts';

/** The user stopped the command; it can be run again and goes on. */
export class Cancelled extends Error {}

/** Errors that are the user's to mend: wrong usage, bad data, a request the model cannot answer. */
const usersCodes = new Set([
  'CONFIGURATION',
  'DATA',
  'LIMIT',
  'FREQUENCY',
  'REQUEST',
  'EVALUATION',
  'BUNDLE',
  'STORE_KEY',
]);

export const exitCodeOf = (error: unknown): number =>
  error instanceof TidecastError && usersCodes.has(error.code) ? 2 : 1;

/** Prints an error for people: what Tidecast raises says it all; anything else is a fault of ours, with its trace. */
export function complain(error: unknown): void {
  const known = error instanceof TidecastError;
  const text = known
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${paint('red', known ? 'error:' : 'unexpected error:')} ${text}\n`);
}

/** Escape sequences of ANSI. `styleText` of node:util looks at standard output, and Node 20.0 has none. */
const colours = { red: 31, green: 32 } as const;

/** Colours where standard error is a terminal and NO_COLOR is not set. */
export function paint(colour: keyof typeof colours, text: string): string {
  const plain = !process.stderr.isTTY || (process.env.NO_COLOR ?? '') !== '';
  return plain ? text : `\u001b[${colours[colour]}m${text}\u001b[39m`;
}

export const say = (text: string): void => void process.stderr.write(`${text}\n`);
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** How this program is called, for the next command. */
export const program = import.meta.url.endsWith('.ts') ? 'npm run -s tidecast --' : 'npx tidecast';

/** A path as an argument, quoted where it must be. */
export const quoted = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** An option that is a whole number. @throws ConfigurationError */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new ConfigurationError({
    rule: `--${name} must be a whole number`,
    received: show(text),
    remedy: `mend --${name}`,
  });
}

/** An option that is a list of numbers. @throws ConfigurationError */
export function numberList(name: string, text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.every(Number.isFinite)) return numbers;
  throw new ConfigurationError({
    rule: `--${name} must be numbers with commas between`,
    received: show(text),
    remedy: `write for example --${name} 0.1,0.5,0.9`,
  });
}

/** Columns of text, the first to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}

/** A metric with four digits, or a dash where it is not defined. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined || Number.isNaN(value) ? '–' : value.toPrecision(4);
