import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { quantileColumn } from '../forecast/index.ts';
import { periodsOf } from '../frequency/index.ts';
import { growingNumbers } from './growing.ts';
import type { TableShape, TableWriter } from './table.ts';

/** Timestamps are UTC, to the millisecond; numbers are doubles. Written without the data reader, which serving lacks. */
export function parquetWriter({ description, levels }: TableShape): TableWriter {
  const { channels, frequency } = description;
  const items: string[] = [];
  const channelNames: string[] = [];
  const times: Date[] = [];
  const numbers = ['mean', ...levels.map(quantileColumn)].map((name) => ({ name, column: growingNumbers() }));
  const periods = periodsOf(frequency);
  const dates = new Map<number, Date>();
  /** Items mostly end together, so that a few dates are those of all rows. */
  const dateOf = (index: number): Date => {
    const known = dates.get(index);
    if (known) return known;
    const made = new Date(periods.timestamp(index));
    dates.set(index, made);
    return made;
  };
  return {
    get rows() {
      return items.length;
    },
    add(forecasts) {
      const width = channels.length;
      for (const { item, start, mean, quantiles } of forecasts) {
        for (const [c, channel] of channels.entries()) {
          for (let at = c, step = start; at < mean.length; at += width, step++) {
            items.push(item);
            if (width > 1) channelNames.push(channel);
            times.push(dateOf(step));
          }
          for (const [i, { column }] of numbers.entries()) {
            if (i === 0) column.addEvery(mean, c, width);
            else column.addEvery(quantiles, c * levels.length + i - 1, width * levels.length);
          }
        }
      }
    },
    bytes() {
      const columnData: ColumnSource[] = [
        { name: 'item_id', data: items, type: 'STRING', nullable: false },
        ...(channels.length > 1
          ? [{ name: 'channel', data: channelNames, type: 'STRING', nullable: false } as const]
          : []),
        { name: 'timestamp', data: times, type: 'TIMESTAMP', nullable: false },
        ...numbers.map(
          ({ name, column }) => ({ name, data: column.all(), type: 'DOUBLE', nullable: false }) as const,
        ),
      ];
      return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'tidecast' }));
    },
  };
}
