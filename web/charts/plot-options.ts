import uPlot from 'uplot';
import type { Formats } from '../format/index.ts';
import type { ChartData, Colour, Line } from './chart-data.ts';

/** Colours of the style sheet as they are now: a canvas knows no variables. */
export function paletteOf(element: Element) {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    of: (colour: Colour) => read(`--chart-${colour}`),
    band: (colour: 'forecast' | 'baseline') => read(`--chart-${colour}-band`),
    grid: read('--chart-grid'),
    text: read('--muted'),
    surface: read('--surface'),
  };
}

type Palette = ReturnType<typeof paletteOf>;

/** The columns that uPlot draws: the axis, the lines, then of each band its upper and its lower line. */
export function columnsOf({ axis, lines, bands = [] }: ChartData): uPlot.AlignedData {
  const columns = [
    axis.values,
    ...lines.map(({ values }) => values),
    ...bands.flatMap(({ high, low }) => [high, low]),
  ];
  return columns as unknown as uPlot.AlignedData;
}

interface Options {
  /** What is seen now: its numbers may become others, its kind not. */
  readonly shown: () => ChartData;
  readonly palette: Palette;
  readonly formats: Formats;
  readonly width: number;
  readonly height: number;
  readonly hooks: uPlot.Hooks.Arrays;
}

/** What uPlot is told of a chart. */
export function plotOptions({ shown, palette, formats, width, height, hooks }: Options): uPlot.Options {
  const data = shown();
  const { axis, lines, bands = [], unit } = data;
  const first = lines.length + 1;
  const number = unit === 'share' ? formats.share : formats.number;
  const font = '12px system-ui, sans-serif';
  const look = {
    stroke: palette.text,
    font,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    ...{ width, height, hooks, ms: 1, legend: { show: false }, padding: [10, 12, 0, 4] },
    ...(axis.kind === 'time' && { tzDate: (at: number) => uPlot.tzDate(new Date(at), axis.zone) }),
    scales: { x: { time: axis.kind === 'time' }, y: { range: upright(shown) } },
    axes: [
      { ...look, ...(axis.kind === 'time' && { values: (_, places) => formats.ticks(places, axis) }) },
      { ...look, size: 64, values: (_, places) => places.map((place) => number(place)) },
    ],
    series: [{}, ...lines.map((line) => seriesOf(line, palette)), ...bands.flatMap(() => [edge, edge])],
    bands: bands.map(({ colour = 'forecast' }, i) => ({
      series: [first + 2 * i, first + 2 * i + 1],
      fill: palette.band(colour),
    })),
    cursor: { drag: { x: true, y: false }, points: { size: 7 } },
  };
}

/** The edges of a band are not drawn. */
const edge: uPlot.Series = { width: 0, points: { show: false } };

function seriesOf({ label, colour, style = 'line' }: Line, palette: Palette): uPlot.Series {
  const stroke = palette.of(colour);
  const common = { label, stroke, spanGaps: false };
  if (style === 'points') return { ...common, width: 0, paths: () => null, points: pointsOf(stroke) };
  if (style === 'bars') {
    const paths = uPlot.paths.bars?.({ size: [0.8, 40] });
    return { ...common, fill: stroke, width: 0, points: { show: false }, ...(paths && { paths }) };
  }
  return { ...common, width: 1.6, points: { show: false }, ...(style === 'dashed' && { dash: [5, 4] }) };
}

const pointsOf = (stroke: string): uPlot.Series.Points => ({ show: true, size: 7, stroke, fill: stroke });

/** Room above and below what is seen; what must be seen in any case included. */
function upright(shown: () => ChartData): uPlot.Range.Function {
  return (_, low, high) => {
    const { include = [] } = shown();
    const all = [low, high, ...include].filter(Number.isFinite);
    if (all.length === 0) return [0, 1];
    const [min, max] = [Math.min(...all), Math.max(...all)];
    const room = 0.06 * (max - min || Math.abs(max) || 1);
    return [include.includes(min) ? min : min - room, include.includes(max) ? max : max + room];
  };
}
