import { printFrequency, printPeriod, seasonality } from '../frequency/index.ts';
import { itemEnd, itemLength, itemStart, itemTarget, type Panel, panelRows } from './panel/panel.ts';
import { type Finding, levelShiftsOf, outliersOf } from './quality/extremes.ts';
import { type ItemKinds, itemKinds } from './quality/items.ts';
import { type Leak, leaksOf } from './quality/leaks.ts';
import type { Roles } from './read/roles.ts';

/** What was read and how it looks. All counts are of the panel's cells unless they say otherwise. */
export interface QualityReport {
  readonly files: readonly string[];
  readonly items: number;
  readonly channels: readonly string[];
  /** Rows of the input. */
  readonly rows: number;
  /** Periods of all items from each one's first to its last. */
  readonly periods: number;
  readonly first: string;
  readonly last: string;
  readonly frequency: string;
  /** The share of steps that are exactly one period; null where the frequency was given. */
  readonly confidence: number | null;
  readonly season: number;
  readonly suggestedHorizon: number;
  /** Periods without a row. */
  readonly gaps: number;
  /** The share of target values that are missing, gaps included. */
  readonly missingShare: number;
  /** Rows that repeated another one. */
  readonly duplicatesMerged: number;
  /** Rows that became one with another of the same item and period. */
  readonly aggregated: number;
  /** Missing values that were filled in, of covariates too. */
  readonly filled: number;
  /** Items none of whose channels ever changes. */
  readonly constantItems: number;
  readonly intermittentItems: number;
  readonly shortItems: number;
  readonly endedItems: number;
  readonly mostMissing: ItemKinds['mostMissing'];
  /** Values far from all others of their item. */
  readonly outliers: Finding | null;
  /** Items whose level has moved for good. */
  readonly levelShifts: Finding | null;
  /** Covariates that give the target away. */
  readonly leaks: readonly Leak[];
  readonly shortest: ItemSize;
  readonly longest: ItemSize;
  readonly negative: number;
  readonly zero: number;
  readonly roles: Roles;
  /** Periods after the end for which known covariates are there, and how many of their values are missing. */
  readonly future: { readonly periods: number; readonly missing: number };
}

interface ItemSize {
  readonly item: string;
  readonly periods: number;
}

/** What the panel itself does not tell. */
interface Reading {
  readonly files: readonly string[];
  readonly rows: number;
  readonly merged: number;
  readonly confidence: number | null;
  readonly aggregated: number;
  readonly filled: number;
}

export function qualityReport(panel: Panel, roles: Roles, reading: Reading): QualityReport {
  const { items, frequency, target, known } = panel;
  const { season, horizon } = seasonality(frequency);
  const periods = panelRows(panel);
  const sizes = items.map((item, i) => ({ item, periods: itemLength(panel, i) }));
  const [none = { item: '', periods: 0 }] = sizes;
  const indices = items.map((_, i) => i);
  const first = Math.min(...bounds(indices.map((i) => itemStart(panel, i))));
  const last = Math.max(...bounds(indices.map((i) => itemEnd(panel, i) - 1)));
  const { missing, negative, zero } = countKinds(target);
  return {
    files: reading.files,
    items: items.length,
    channels: panel.channels,
    rows: reading.rows,
    periods,
    first: printPeriod(frequency, first),
    last: printPeriod(frequency, last),
    frequency: printFrequency(frequency),
    confidence: reading.confidence,
    season,
    suggestedHorizon: horizon,
    // Periods that were filled in at an item's ends had no row either.
    gaps: periods - (reading.rows - reading.merged - reading.aggregated),
    missingShare: missing / target.length,
    duplicatesMerged: reading.merged,
    aggregated: reading.aggregated,
    filled: reading.filled,
    constantItems: indices.filter((i) => isConstant(itemTarget(panel, i), panel.channels.length)).length,
    ...itemKinds(panel, horizon),
    outliers: outliersOf(panel),
    levelShifts: levelShiftsOf(panel, season),
    leaks: leaksOf(panel, horizon),
    shortest: sizes.reduce((a, b) => (b.periods < a.periods ? b : a), none),
    longest: sizes.reduce((a, b) => (b.periods > a.periods ? b : a), none),
    negative,
    zero,
    roles,
    future: { periods: known.horizon, missing: countKinds(known.future).missing },
  };
}

/** The least and the greatest, of a list too long to be spread as arguments. */
const bounds = (numbers: readonly number[]): [number, number] =>
  numbers.reduce<[number, number]>(
    ([least, most], n) => [Math.min(least, n), Math.max(most, n)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );

function countKinds(values: Float64Array): { missing: number; negative: number; zero: number } {
  const counts = { missing: 0, negative: 0, zero: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) counts.missing++;
    else if (value < 0) counts.negative++;
    else if (value === 0) counts.zero++;
  }
  return counts;
}

/** `[rows, channels]`; missing values do not count as a change. */
function isConstant(target: Float64Array, channels: number): boolean {
  const seen = new Float64Array(channels).fill(Number.NaN);
  for (let i = 0; i < target.length; i++) {
    const value = target[i] as number;
    const before = seen[i % channels] as number;
    if (Number.isNaN(before)) seen[i % channels] = value;
    else if (!Number.isNaN(value) && value !== before) return false;
  }
  return true;
}

/** The report as lines of plain text. */
export function printReport(report: QualityReport): string[] {
  const { roles, future, confidence, missingShare } = report;
  const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 2 : 0)} %`;
  const names = (list: readonly string[]) => list.join(', ');
  const lines: [name: string, text: string][] = [
    ['files', names(report.files)],
    ['items', `${report.items}, of ${size(report.shortest)} to ${size(report.longest)}`],
    ['rows', `${report.rows} in ${report.periods} periods, from ${report.first} to ${report.last}`],
    [
      'frequency',
      `${report.frequency}, ${confidence === null ? 'as told' : `${percent(confidence)} of the steps are one period`}; season ${report.season}, suggested horizon ${report.suggestedHorizon}`,
    ],
    ['item', chosen([roles.item.column ?? 'none'].flat().join(', '), roles.item.because)],
    ['time', chosen(roles.time.column, roles.time.because)],
    ['target', chosen(names(roles.target.column), roles.target.because)],
    ...(roles.known.length > 0 ? [['known', names(roles.known)] as [string, string]] : []),
    ...(future.periods > 0
      ? [['future', `${future.periods} periods, ${future.missing} values missing`] as [string, string]]
      : []),
    ...(roles.past.length > 0 ? [['past', names(roles.past)] as [string, string]] : []),
    ...(roles.static.length > 0 ? [['static', names(roles.static)] as [string, string]] : []),
    ...roles.ignored.map(({ column, because }): [string, string] => ['ignored', chosen(column, because)]),
    ['missing', `${percent(missingShare)} of the target, ${report.gaps} periods without a row`],
    ['merged', `${report.duplicatesMerged} rows that repeat another one`],
    ...(report.aggregated > 0
      ? [['aggregated', `${report.aggregated} rows with others of their period`] as [string, string]]
      : []),
    ...(report.filled > 0 ? [['filled', `${report.filled} missing values`] as [string, string]] : []),
    ['values', `${report.negative} negative, ${report.zero} zero, ${report.constantItems} items constant`],
    ...concerns(report),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

/** What stands out, where there is anything. */
function concerns(report: QualityReport): [name: string, text: string][] {
  const { intermittentItems, shortItems, endedItems, mostMissing, outliers, levelShifts, leaks } = report;
  const kinds = [
    [intermittentItems, 'mostly zero'],
    [shortItems, 'too short to be trained on'],
    [endedItems, 'ended before the others'],
  ] as const;
  const some = kinds.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const found = ({ count, item, channel, period }: Finding) =>
    `${count}, first of all ${item} (${channel}) at ${period}`;
  return [
    ...(some.length > 0 ? [['of these', some.join(', ')] as [string, string]] : []),
    ...(mostMissing.length > 0
      ? [
          ['gaps', mostMissing.map(({ item, missing }) => `${item} ${missing}`).join(', ')] as [
            string,
            string,
          ],
        ]
      : []),
    ...(outliers ? [['outliers', found(outliers)] as [string, string]] : []),
    ...(levelShifts ? [['level shifts', found(levelShifts)] as [string, string]] : []),
    ...leaks.map((leak): [string, string] => ['gives away', leakText(leak)]),
  ];
}

/** What a leak is, as a clause. */
export const leakText = ({ column, channel, ahead }: Leak): string =>
  `${column} is ${channel}${ahead > 0 ? `, ${ahead} period${ahead > 1 ? 's' : ''} ahead` : ''}, up to a factor and a level`;

const chosen = (what: string, because: string): string => `${what} (${because})`;
const size = ({ item, periods }: ItemSize): string => `${periods} periods (${item})`;
