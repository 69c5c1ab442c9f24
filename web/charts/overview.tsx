import { useMemo, useRef } from 'preact/hooks';
import type { ChartData, Values } from './chart-data.ts';
import { linePath } from './sparkline.tsx';
import { kept, type ViewWindow } from './view-window.ts';

interface OverviewProps {
  readonly data: ChartData;
  readonly whole: ViewWindow;
  readonly seen: ViewWindow;
  readonly show: (next: ViewWindow) => void;
}

const [width, height] = [1000, 40];

/** The whole as a strip: dragging in the marked part moves it, dragging beside it marks another. */
export function Overview({ data, whole, seen, show }: OverviewProps) {
  const place = useRef<SVGSVGElement>(null);
  const grip = useRef<{ readonly from: number; readonly seen: ViewWindow | null } | null>(null);
  const path = useMemo(() => linePath(thinned(valuesOf(data), 500), width, height), [data]);
  const share = (value: number) => (value - whole.min) / (whole.max - whole.min);
  const valueAt = (event: PointerEvent): number => {
    const box = place.current?.getBoundingClientRect();
    const part = box ? Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) : 0;
    return whole.min + part * (whole.max - whole.min);
  };
  const isWhole = share(seen.max) - share(seen.min) > 0.999;
  return (
    <svg
      ref={place}
      class="overview"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={(event) => {
        const from = valueAt(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { from, seen: !isWhole && from >= seen.min && from <= seen.max ? seen : null };
      }}
      onPointerMove={(event) => {
        if (!grip.current) return;
        const { from, seen: held } = grip.current;
        const to = valueAt(event);
        if (held) show(kept({ min: held.min + to - from, max: held.max + to - from }, whole));
        else if (to !== from) show({ min: Math.min(from, to), max: Math.max(from, to) });
      }}
      onPointerUp={() => {
        grip.current = null;
      }}
    >
      <path d={path} />
      <rect class="dim" x={0} y={0} width={width * share(seen.min)} height={height} />
      <rect
        class="dim"
        x={width * share(seen.max)}
        y={0}
        width={width * (1 - share(seen.max))}
        height={height}
      />
      <rect
        class="seen"
        x={width * share(seen.min)}
        y={0.5}
        width={Math.max(width * (share(seen.max) - share(seen.min)), 2)}
        height={height - 1}
      />
    </svg>
  );
}

/** The first line, with the others where it has nothing. */
function valuesOf({ axis, lines }: ChartData): Values {
  return axis.values.map((_, i) => {
    for (const { values } of lines) if (values[i] != null) return values[i];
    return null;
  });
}

/** Of many values the lowest and the highest of each stretch, so that no peak is lost. */
function thinned(values: Values, stretches: number): Values {
  if (values.length <= 4 * stretches) return values;
  const size = values.length / stretches;
  return Array.from({ length: stretches }, (_, i) => {
    const part = values.slice(Math.floor(i * size), Math.floor((i + 1) * size)).filter((one) => one !== null);
    return part.length === 0 ? [null, null] : [Math.min(...part), Math.max(...part)];
  }).flat();
}
