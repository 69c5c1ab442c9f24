import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { useReading } from '../reading/index.ts';
import type { ChartData } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';
import { Legend } from './legend.tsx';
import { Overview } from './overview.tsx';
import { savePicture } from './picture.ts';
import { Readout } from './readout.tsx';
import { usePlot } from './use-plot.ts';
import { panned, showing, type ViewWindow, wholeOf, zoomed } from './view-window.ts';

interface ChartProps {
  readonly data: ChartData;
  readonly height?: number;
  /** A strip below that shows the whole, and buttons to go through it. */
  readonly overview?: boolean;
  /** What is seen at first; the whole where nothing is said. */
  readonly initial?: ViewWindow;
}

/**
 * A chart that is seen, walked with the arrow keys, and read as a table. Dragging zooms in, a double click shows the
 * whole; with an overview also `+`, `-`, Page Up and Page Down.
 */
export function Chart({ data, height = 300, overview = false, initial }: ChartProps) {
  const { words, formats, theme } = useReading();
  const place = useRef<HTMLDivElement>(null);
  const hint = useId();
  const [index, setIndex] = useState<number | null>(null);
  const whole = useMemo(() => wholeOf(data.axis.values), [data]);
  const [seen, setSeen] = useState<ViewWindow>(initial ?? whole);
  const plot = usePlot(place, {
    ...{ data, formats, height, theme, initial: initial ?? whole, onCursor: setIndex },
    onWindow: setSeen,
  });
  const show = (next: ViewWindow) => plot.current?.setScale('x', next);
  const walk = (to: number) => {
    const u = plot.current;
    const at = Math.min(Math.max(to, 0), data.axis.values.length - 1);
    const value = data.axis.values[at];
    if (!u || value === undefined) return;
    show(showing(seen, whole, value));
    // Once the new window is drawn: before, the place of the value is another.
    queueMicrotask(() => u.setCursor({ left: u.valToPos(value, 'x'), top: u.over.clientHeight / 2 }));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => walk((index ?? data.axis.values.length) - 1),
    ArrowRight: () => walk((index ?? -1) + 1),
    Home: () => walk(0),
    End: () => walk(data.axis.values.length - 1),
    '+': () => show(zoomed(seen, whole, 0.5)),
    '-': () => show(zoomed(seen, whole, 2)),
    PageUp: () => show(panned(seen, whole, -0.5)),
    PageDown: () => show(panned(seen, whole, 0.5)),
    Escape: () => show(whole),
  };
  return (
    <figure class="chart">
      <div class="chart-head">
        <figcaption>{data.title}</figcaption>
        <div class="chart-tools">
          {overview && (
            <>
              <Tool label={words.chart.earlier} sign="←" act={keys.PageUp} />
              <Tool label={words.chart.later} sign="→" act={keys.PageDown} />
              <Tool label={words.chart.zoomIn} sign="+" act={keys['+']} />
              <Tool label={words.chart.zoomOut} sign="−" act={keys['-']} />
              <Tool label={words.chart.whole} sign="↔" act={keys.Escape} />
            </>
          )}
          <Tool
            label={words.chart.picture}
            sign="PNG"
            act={() => plot.current && savePicture(plot.current, data.title, place.current)}
          />
        </div>
      </div>
      <Legend data={data} />
      {/* biome-ignore lint/a11y/useSemanticElements: a figure is around it already */}
      <div
        class="plot"
        ref={place}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its points are walked with the keys
        tabIndex={0}
        aria-label={data.title}
        aria-describedby={hint}
        style={{ height: `${height}px` }}
        onKeyDown={(event) => {
          const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        }}
      />
      <span id={hint} class="hidden">
        {words.chart.keys}
      </span>
      {overview && <Overview data={data} whole={whole} seen={seen} show={show} />}
      <Readout data={data} index={index} />
      <ChartTable data={data} />
    </figure>
  );
}

const Tool = ({ label, sign, act }: { label: string; sign: string; act?: (() => void) | undefined }) => (
  <button type="button" class="tool" aria-label={label} title={label} onClick={act}>
    {sign}
  </button>
);
