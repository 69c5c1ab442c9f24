/**
 * Draws docs/forecast.svg, the picture in the README: the last days of one market and its forecast.
 * Usage: npm start, then npm run -s tidecast -- forecast … --out forecast.csv, then npm run -s picture -- forecast.csv
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [market, days] = ['BE', 5];
const [width, height, margin] = [760, 260, 36];

const rowsOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter(([item]) => item === market);
const column = (rows: readonly string[][], index: number) => rows.map((row) => Number(row[index]));

const past = column(rowsOf('examples/electricity/electricity.csv'), 2).slice(-24 * days);
const rows = rowsOf(process.argv[2] ?? 'forecast.csv');
if (rows.length === 0)
  throw new Error(`the forecast must have rows of ${market}, got none: forecast electricity`);
const [low, middle, high] = [column(rows, 3), column(rows, 4), column(rows, 5)];

const all = [...past, ...low, ...high];
const [bottom, top] = [Math.min(...all), Math.max(...all)];
const x = (hour: number) => margin + ((width - 2 * margin) * hour) / (past.length + middle.length - 1);
const y = (price: number) => height - margin - ((height - 2 * margin) * (price - bottom)) / (top - bottom);
const points = (values: readonly number[], from: number) =>
  values.map((value, i) => `${x(from + i).toFixed(1)},${y(value).toFixed(1)}`);

const start = past.length;
const band = [...points(low, start), ...points(high, start).reverse()].join(' ');
const label = (text: string, at: number, value: number) =>
  `<text x="${at}" y="${y(value).toFixed(1)}" font-size="12" fill="#777">${text}</text>`;
writeFileSync(
  'docs/forecast.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img">
<title>Hourly electricity prices in Belgium: five days, and the forecast of the next with its 80 % interval</title>
<polygon points="${band}" fill="#4b8bd4" fill-opacity="0.3"/>
<polyline points="${points(past, 0).join(' ')}" fill="none" stroke="#888" stroke-width="1.5"/>
<polyline points="${points(middle, start).join(' ')}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
<line x1="${x(start - 0.5).toFixed(1)}" x2="${x(start - 0.5).toFixed(1)}" y1="${margin}" y2="${height - margin}" stroke="#bbb" stroke-dasharray="3 3"/>
${label(`${top.toFixed(0)} €/MWh`, 2, top)}
${label(bottom.toFixed(0), 2, bottom)}
<text x="${margin}" y="${height - 10}" font-size="12" fill="#777">Belgium, five days of hourly prices</text>
<text x="${width - margin}" y="${height - 10}" font-size="12" fill="#1f5fa8" text-anchor="end">the next day: median and 80 % interval</text>
</svg>
`,
);
