import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Formats } from '../format/index.ts';
import type { ChartData } from './chart-data.ts';
import { columnsOf, paletteOf, plotOptions } from './plot-options.ts';
import { kept, type ViewWindow, wholeOf } from './view-window.ts';

interface Plotting {
  readonly data: ChartData;
  readonly formats: Formats;
  readonly height: number;
  /** Changes with the colours of the page. */
  readonly theme: string;
  /** What is seen at first. */
  readonly initial: ViewWindow;
  readonly onCursor: (index: number | null) => void;
  readonly onWindow: (seen: ViewWindow) => void;
}

/** What was there before, and what was seen of it. */
interface Before {
  readonly data: ChartData;
  seen: ViewWindow | null;
}

/**
 * Keeps a uPlot in an element: made anew for another language, theme or kind of chart, resized with the page. Other
 * numbers of the same kind take the place of the ones before, and what was zoomed stays so.
 */
export function usePlot(place: RefObject<HTMLElement | null>, plotting: Plotting): RefObject<uPlot | null> {
  const { data, formats, height, theme } = plotting;
  const plot = useRef<uPlot>(null);
  const latest = useRef(plotting);
  const before = useRef<Before>({ data, seen: null });
  latest.current = plotting;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const palette = paletteOf(element);
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [({ cursor }) => latest.current.onCursor(cursor.idx ?? null)],
      setScale: [
        ({ scales: { x } }, key) => {
          if (key !== 'x' || x?.min === undefined || x.max === undefined) return;
          before.current.seen = { min: x.min, max: x.max };
          latest.current.onWindow(before.current.seen);
        },
      ],
      drawClear: [(u) => nowLine(u, latest.current.data.now, palette.grid)],
    };
    const width = Math.max(element.clientWidth, 200);
    const shown = () => latest.current.data;
    const options = plotOptions({ shown, palette, formats, width, height, hooks });
    const made = new uPlot(options, columnsOf(latest.current.data), element);
    plot.current = made;
    made.setScale('x', nextWindow(before.current, latest.current));
    before.current = { ...before.current, data: latest.current.data };
    const observer = new ResizeObserver(() => {
      const next = Math.max(element.clientWidth, 200);
      if (next !== made.width) made.setSize({ width: next, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [place, kindOf(data), formats, height, theme]);
  useEffect(() => {
    if (!plot.current || before.current.data === data) return;
    const next = nextWindow(before.current, latest.current);
    before.current = { ...before.current, data };
    plot.current.setData(columnsOf(data), false);
    plot.current.setScale('x', next);
  }, [data]);
  return plot;
}

/** What is seen next: all where all was seen, what was zoomed where something was. */
function nextWindow({ data: old, seen }: Before, { data, initial }: Plotting): ViewWindow {
  if (!seen) return initial;
  if (old === data) return seen;
  const [was, whole] = [wholeOf(old.axis.values), wholeOf(data.axis.values)];
  return seen.min === was.min && seen.max === was.max ? whole : kept(seen, whole);
}

/** What makes it another chart: everything but its numbers. */
const kindOf = ({ title, axis, lines, bands = [], unit }: ChartData): string =>
  JSON.stringify([
    ...[title, unit, { ...axis, values: [] }],
    lines.map(({ label, colour, style }) => [label, colour, style]),
    bands.map(({ label, colour }) => [label, colour]),
  ]);

/** A line where the future begins. */
function nowLine(u: uPlot, now: number | undefined, stroke: string): void {
  if (now === undefined) return;
  const x = u.valToPos(now, 'x', true);
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
  const { ctx } = u;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, u.bbox.top);
  ctx.lineTo(x, u.bbox.top + u.bbox.height);
  ctx.stroke();
  ctx.restore();
}
