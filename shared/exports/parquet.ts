import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { quantileColumn, seriesForecasts } from '../forecast/index.ts';
import { timestampOf } from '../frequency/index.ts';
import type { TableShape, TableWriter } from './table.ts';

/** Timestamps are UTC, to the millisecond; numbers are doubles. Written without the data reader, which serving lacks. */
export function parquetWriter({ description, levels }: TableShape): TableWriter {
  const { channels, frequency } = description;
  const items: string[] = [];
  const channelNames: string[] = [];
  const times: Date[] = [];
  const numbers = ['mean', ...levels.map(quantileColumn)].map((name) => ({ name, data: [] as number[] }));
  return {
    get rows() {
      return items.length;
    },
    add(forecasts) {
      const starts = new Map(forecasts.map(({ item, start }) => [item, start]));
      for (const { item, channel, mean, quantiles } of seriesForecasts(description, forecasts)) {
        const start = starts.get(item) ?? 0;
        mean.forEach((_, step) => {
          items.push(item);
          channelNames.push(channel);
          times.push(new Date(timestampOf(frequency, start + step)));
          for (const [i, { data }] of numbers.entries()) {
            data.push((i === 0 ? mean : quantiles[i - 1])?.[step] ?? Number.NaN);
          }
        });
      }
    },
    bytes() {
      const columnData: ColumnSource[] = [
        { name: 'item_id', data: items, type: 'STRING', nullable: false },
        ...(channels.length > 1
          ? [{ name: 'channel', data: channelNames, type: 'STRING', nullable: false } as const]
          : []),
        { name: 'timestamp', data: times, type: 'TIMESTAMP', nullable: false },
        ...numbers.map(({ name, data }) => ({
          ...({ name, data: Float64Array.from(data), type: 'DOUBLE', nullable: false } as const),
        })),
      ];
      return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'tidecast' }));
    },
  };
}
