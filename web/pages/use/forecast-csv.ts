import type { Forecast } from '../../api/index.ts';

const cell = (value: string | number | null): string => {
  if (value === null) return '';
  // A spreadsheet takes text that begins so for a formula.
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Forecasts as a table with a column for each quantile, as the command line writes them. */
export function forecastCsv(forecasts: readonly Forecast[]): string {
  const [first] = forecasts;
  const levels = first?.quantiles.map(({ level }) => level) ?? [];
  const severalChannels = new Set(forecasts.map(({ channel }) => channel)).size > 1;
  const head = [
    'item_id',
    ...(severalChannels ? ['channel'] : []),
    'timestamp',
    'mean',
    ...levels.map((level) => `p${Math.round(level * 1e6) / 1e4}`),
  ];
  const rows = forecasts.flatMap(({ item, channel, timestamps, mean, quantiles }) =>
    timestamps.map((timestamp, i) => [
      item,
      ...(severalChannels ? [channel] : []),
      timestamp,
      mean[i] ?? null,
      ...quantiles.map(({ values }) => values[i] ?? null),
    ]),
  );
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
