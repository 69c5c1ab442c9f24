import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { convertToParquet } from '../../shared/dataset/index.ts';
import { ConfigurationError, show } from '../../shared/errors/index.ts';
import { forecastItems, shapeOf } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { openBundle } from './bundle.ts';
import { chart } from './chart.ts';
import { readHistories } from './histories.ts';
import { numberList, print, program, quoted, say, wholeNumber } from './output.ts';
import { type ForecastRow, forecastRows, toCsv } from './rows.ts';

interface ForecastOptions {
  readonly history?: string[];
  readonly future?: string[];
  readonly items?: string[];
  readonly horizon?: string;
  readonly quantiles?: string;
  readonly out?: string;
  readonly chart?: boolean;
}

/** `tidecast forecast`: reads the newest observations, runs the bundle, writes a table. */
export async function forecast(path: string, options: ForecastOptions): Promise<void> {
  checkOut(options.out);
  const { description, forecaster, records } = await openBundle(path);
  const model = shapeOf(description);
  const items = await readHistories(description, model, options, records);
  const levels = numberList('quantiles', options.quantiles) ?? model.levels;
  const horizon = wholeNumber('horizon', options.horizon) ?? model.horizon;
  const session = await openSession(forecaster);
  const forecasts = await forecastItems(session, model, items, { horizon, levels });
  await session.release();
  if (options.chart) {
    print(chart(description, items, forecasts, levels));
    return;
  }
  const rows = forecastRows(description, forecasts);
  if (options.out === undefined) {
    process.stdout.write(toCsv(rows, levels));
    return;
  }
  await write(options.out, rows, levels);
  say(`wrote ${options.out}: ${forecasts.length * model.channels} series, ${horizon} steps`);
  say(`next: ${program} evaluate ${quoted(options.out)} ACTUAL --train DATA`);
}

/** Before the work, so that none is in vain. */
function checkOut(out: string | undefined): void {
  if (out === undefined) return;
  if (!/\.(csv|parquet)$/.test(out)) {
    throw new ConfigurationError({
      rule: '--out must end in .csv or .parquet',
      received: show(out),
      remedy: 'rename it',
    });
  }
  if (!existsSync(dirname(out))) {
    throw new ConfigurationError({
      rule: '--out must be in a folder that exists',
      received: show(out),
      remedy: `make the folder ${dirname(out)}`,
    });
  }
}

async function write(out: string, rows: readonly ForecastRow[], levels: readonly number[]): Promise<void> {
  if (out.endsWith('.csv')) {
    writeFileSync(out, toCsv(rows, levels));
    return;
  }
  const between = `${out}.csv`;
  writeFileSync(
    between,
    toCsv(rows, levels, (item) => item),
  );
  try {
    await convertToParquet(between, out);
  } finally {
    rmSync(between);
  }
}
