import type { Band, ChartData } from './chart-data.ts';

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
      {bands.map((band, i) => (
        <li key={band.label}>
          <i class="key-band" aria-hidden="true">
            {layersOf(bands, i).map((layer) => (
              <i key={layer} style={{ background: `var(--chart-${band.colour ?? 'forecast'}-band)` }} />
            ))}
          </i>
          {band.label}
        </li>
      ))}
    </ul>
  );
}

/** A band lies over the wider ones of its colour: it is as dark as all of them together. */
const layersOf = (bands: readonly Band[], at: number): readonly number[] =>
  bands.flatMap(({ colour }, i) => (i <= at && colour === bands[at]?.colour ? [i] : []));
