import { render } from 'preact';
import { Chart, type ChartData, type Values } from '../../web/charts/index.ts';
import { formatsOf } from '../../web/format/index.ts';
import { ReadingContext } from '../../web/reading/index.ts';
import { wordsOf } from '../../web/words/index.ts';
import '../../web/style/index.css';

declare global {
  /** Milliseconds from the call that renders a chart to the frame in which it is painted. */
  var drawn: (points: number) => Promise<number>;
}

const reading = { words: wordsOf.en, formats: formatsOf('en'), theme: 'light' as const };

/** An hourly line with noise and three bands around it. */
function chartData(points: number): ChartData {
  const values = Array.from({ length: points }, (_, i) => {
    return 50 + 20 * Math.sin((2 * Math.PI * i) / 24) + 10 * Math.random();
  });
  const around = (width: number): Values => values.map((value) => value + width * (1 + Math.random()));
  return {
    title: 'chart',
    axisLabel: 'time',
    axis: { kind: 'time', values: values.map((_, i) => 3_600_000 * i), zone: 'Europe/Berlin', clock: true },
    lines: [{ label: 'line', values, colour: 'forecast' }],
    bands: [30, 15, 5].map((width) => ({ label: `${width}`, low: around(-width), high: around(width) })),
  };
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

globalThis.drawn = async (points) => {
  const place = document.getElementById('app');
  if (!place) throw new Error('the page has no place for the chart');
  render(null, place);
  const data = chartData(points);
  await frame();
  await frame();
  const began = performance.now();
  render(
    <ReadingContext.Provider value={reading}>
      <Chart data={data} height={380} overview />
    </ReadingContext.Provider>,
    place,
  );
  while (!place.querySelector('canvas')) await frame();
  // The frame with the canvas is painted when the one after it begins.
  await frame();
  await frame();
  const took = performance.now() - began;
  if (!isPainted(place.querySelector('canvas'))) throw new Error('the chart is empty');
  return took;
};

/** Whether there is a line from one side to the other. */
function isPainted(canvas: HTMLCanvasElement | null): boolean {
  const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.filter((value, i) => i % 4 === 3 && value > 0).length > 10_000;
}
