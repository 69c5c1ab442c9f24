import { csvLine, forecastColumns, harmless, seriesForecasts } from '../forecast/index.ts';
import type { TableShape, TableWriter } from './table.ts';

/** The same columns, timestamps and digits as `tidecast forecast --out FILE.csv`. */
export function csvWriter({ description, levels }: TableShape): TableWriter {
  const several = description.channels.length > 1;
  const chunks = [Buffer.from(csvLine(forecastColumns(levels, several)))];
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    add(forecasts) {
      const lines = seriesForecasts(description, forecasts).flatMap(
        ({ item, channel, timestamps, mean, quantiles }) =>
          timestamps.map((timestamp, step) =>
            csvLine([
              ...(several ? [item, channel] : [item]).map(harmless),
              timestamp,
              mean[step] ?? Number.NaN,
              ...quantiles.map((values) => values[step] ?? Number.NaN),
            ]),
          ),
      );
      rows += lines.length;
      chunks.push(Buffer.from(lines.join('')));
    },
    bytes: () => Buffer.concat(chunks),
  };
}
