import type { ChartData } from './chart-data.ts';

/** What the colours mean. */
export function Legend({ data: { lines, bands = [] } }: { readonly data: ChartData }) {
  return (
    <ul class="legend">
      {lines.map(({ label, colour, style = 'line' }) => (
        <li key={label}>
          <i class={`key key-${style}`} style={{ color: `var(--chart-${colour})` }} aria-hidden="true" />
          {label}
        </li>
      ))}
      {bands.map(({ label }, i) => (
        <li key={label}>
          <i class="key key-band" style={{ opacity: 0.35 + 0.3 * i }} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}
