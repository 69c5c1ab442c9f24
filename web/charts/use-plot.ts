import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Formats } from '../format/index.ts';
import type { ChartData } from './chart-data.ts';
import { columnsOf, paletteOf, plotOptions } from './plot-options.ts';
import type { ViewWindow } from './view-window.ts';

interface Plotting {
  readonly data: ChartData;
  readonly formats: Formats;
  readonly height: number;
  /** Changes with the colours of the page. */
  readonly theme: string;
  /** What is seen at first. */
  readonly initial: ViewWindow;
  readonly onCursor: (index: number | null) => void;
  readonly onWindow: (min: number, max: number) => void;
}

/** Keeps a uPlot in an element: made anew for other data, another language or theme, resized with the page. */
export function usePlot(
  place: RefObject<HTMLElement | null>,
  { data, formats, height, theme, initial, onCursor, onWindow }: Plotting,
): RefObject<uPlot | null> {
  const plot = useRef<uPlot>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const palette = paletteOf(element);
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      setScale: [
        ({ scales }, key) => {
          if (key === 'x') onWindow(scales.x?.min ?? 0, scales.x?.max ?? 0);
        },
      ],
      drawClear: [(u) => nowLine(u, data.now, palette.grid)],
    };
    const width = Math.max(element.clientWidth, 200);
    const made = new uPlot(
      plotOptions({ data, palette, formats, width, height, hooks }),
      columnsOf(data),
      element,
    );
    plot.current = made;
    made.setScale('x', initial);
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
  }, [data, formats, height, theme]);
  return plot;
}

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
