import { literal } from './session.ts';

/** How the numbers of a column are written, where that is not as in `1234.5`. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  /** What may stand between groups of three digits. */
  readonly thousands: string;
}

/** `null`: as in `1234.5`. A word: such as 1,234, which could be either of two numbers. */
export type Writing = NumberStyle | null | { readonly ambiguous: string };

/** Blanks, and what Switzerland has. */
const gaps = " \u00a0\u202f'’";
const gap = `[${gaps}]`;

const commaStyle: NumberStyle = { decimal: ',', thousands: `.${gaps}` };
const pointStyle: NumberStyle = { decimal: '.', thousands: `,${gaps}` };

/** What a word tells of the decimal sign; `either`: it is a number with both, but another; `gapped`: of neither. */
const telling: readonly (readonly [says: 'comma' | 'point' | 'either' | 'gapped', form: RegExp])[] = [
  ['comma', /^[-+]?(0|\d{4,}|),\d+$|^[-+]?\d+,(\d{1,2}|\d{4,})$/],
  ['comma', new RegExp(`^[-+]?\\d{1,3}((\\.\\d{3})+|(${gap}\\d{3})+),\\d+$|^[-+]?\\d{1,3}(\\.\\d{3}){2,}$`)],
  ['point', /^[-+]?(0|\d{4,}|)\.\d+$|^[-+]?\d+\.(\d{1,2}|\d{4,})$/],
  ['point', new RegExp(`^[-+]?\\d{1,3}((,\\d{3})+|(${gap}\\d{3})+)\\.\\d+$|^[-+]?\\d{1,3}(,\\d{3}){2,}$`)],
  ['either', /^[-+]?\d{1,3},\d{3}$/],
  ['gapped', new RegExp(`^[-+]?\\d{1,3}(${gap}\\d{3})+$`)],
];

const exponent = /(?<=[\d.,])[eE][-+]?\d+$/;

function whatTells(word: string) {
  const mantissa = word.trim().replace(exponent, '');
  return telling.find(([, form]) => form.test(mantissa))?.[0] ?? null;
}

/** Whether a word is a number, in the style that is told or in any way of writing. */
export const isNumber = (word: string, style: NumberStyle | null = null): boolean =>
  Number.isFinite(style ? numberIn(word, style) : Number(word)) || whatTells(word) !== null;

interface Evidence {
  readonly comma: number;
  readonly point: number;
  /** The first word that could be read in two ways. */
  readonly either: string | null;
  readonly isGapped: boolean;
  /** Whether a comma groups digits beside a decimal point. */
  readonly isGrouped: boolean;
}

function evidenceOf(words: readonly string[]): Evidence {
  const said = words.map((word) => [word, whatTells(word)] as const);
  const those = (kind: string) => said.filter(([, says]) => says === kind).map(([word]) => word);
  const points = those('point');
  return {
    comma: those('comma').length,
    point: points.length,
    either: those('either')[0] ?? null,
    isGapped: those('gapped').length > 0 || points.some((word) => /[^\d.,+-]/.test(word.trim())),
    isGrouped: points.some((word) => word.includes(',')),
  };
}

/**
 * How the numbers of each column are written, by their first words. A column that does not tell is taken to be as
 * others of its table are; one that nothing tells of is ambiguous.
 *
 * @param columns the words of number columns
 */
export function writingsOf(columns: readonly (readonly string[])[]): Writing[] {
  const all = columns.map(evidenceOf);
  // One bad cell among many does not make another style: it is found when it does not fit.
  const isComma = ({ comma, point }: Evidence) => comma > point;
  const isPoint = ({ comma, point }: Evidence) => point > 0 && point >= comma;
  const table = all.some(isComma) ? (all.some(isPoint) ? null : 'comma') : all.some(isPoint) ? 'point' : null;
  return all.map((one): Writing => {
    if (isComma(one)) return commaStyle;
    if (!isPoint(one)) {
      if (table === 'comma') return commaStyle;
      if (one.either !== null && table === null) return { ambiguous: one.either };
    }
    return one.isGrouped || one.isGapped || one.either !== null ? pointStyle : null;
  });
}

/** The style that options say; null where they say nothing. */
export function styleOf({ decimal, thousands }: StyleOptions): NumberStyle | null {
  if (decimal === undefined && thousands === undefined) return null;
  const point = decimal ?? (thousands === '.' ? ',' : '.');
  const others = point === ',' ? commaStyle.thousands : pointStyle.thousands;
  return {
    decimal: point,
    thousands: thousands === undefined ? others : thousands === ' ' ? gaps.replace(/['’]/g, '') : thousands,
  };
}

export interface StyleOptions {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: '.' | ',' | ' ' | "'" | undefined;
}

/** What a number of this style is as a whole, as a pattern of JavaScript and of DuckDB. */
function patternOf({ decimal, thousands }: NumberStyle): string {
  const point = decimal === '.' ? '\\.' : decimal;
  const digits = `([0-9]{1,3}([${thousands}][0-9]{3})+|[0-9]+)`;
  return `\\s*[-+]?(${digits}(${point}[0-9]*)?|${point}[0-9]+)([eE][-+]?[0-9]+)?\\s*`;
}

/**
 * SQL that writes a number so that DuckDB reads it.
 *
 * @param word SQL of a text
 * @param otherwise SQL of what stands for a word that is no such number
 */
export function plainNumberSql(word: string, style: NumberStyle, otherwise: string): string {
  const bare = `regexp_replace(${word}, ${literal(`[${style.thousands}\\s]`)}, '', 'g')`;
  const plain = style.decimal === '.' ? bare : `replace(${bare}, ',', '.')`;
  return `CASE WHEN regexp_full_match(${word}, ${literal(patternOf(style))}) THEN ${plain} ELSE ${otherwise} END`;
}

/** The number that a word is; NaN where it is none. */
export function numberIn(word: string, writing: Writing): number {
  if (writing === null || 'ambiguous' in writing) return Number(word);
  if (!new RegExp(`^${patternOf(writing)}$`).test(word)) return Number.NaN;
  return Number(word.replace(new RegExp(`[${writing.thousands}\\s]`, 'g'), '').replace(',', '.'));
}
