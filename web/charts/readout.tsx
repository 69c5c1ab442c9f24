import type { Formats } from '../format/index.ts';
import { useReading } from '../reading/index.ts';
import type { ChartData } from './chart-data.ts';

/** A place of the axis in words. */
export function placeOf({ axis }: ChartData, index: number, formats: Formats): string {
  const value = axis.values[index] ?? 0;
  return axis.kind === 'time' ? formats.time(value, axis) : formats.number(value);
}

/** The values under the cursor, also for those who hear them. */
export function Readout({ data, index }: { readonly data: ChartData; readonly index: number | null }) {
  const { words, formats } = useReading();
  if (index === null || index >= data.axis.values.length) {
    return <output class="readout muted">{words.chart.hover}</output>;
  }
  const number = data.unit === 'share' ? formats.share : formats.number;
  const lines = data.lines.flatMap(({ label, values }) => {
    const value = values[index] ?? null;
    return value === null ? [] : [`${label} ${number(value)}`];
  });
  const bands = (data.bands ?? []).flatMap(({ label, low, high }) => {
    const [from, to] = [low[index] ?? null, high[index] ?? null];
    return from === null || to === null ? [] : [`${label} ${number(from)} … ${number(to)}`];
  });
  return (
    <output class="readout">
      <b>
        {data.axis.kind === 'number' && `${data.axisLabel} `}
        {placeOf(data, index, formats)}
      </b>
      {[...lines, ...bands].map((text) => (
        <span key={text}>{text}</span>
      ))}
    </output>
  );
}
