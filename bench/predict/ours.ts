import { join } from 'node:path';
import { forecastItems } from '../../shared/forecast/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { openModel } from '../../shared/serve/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { configurationOf, type HeldOut } from '../accuracy/held-out.ts';
import type { Timed } from '../support/alternate.ts';

export interface OpenOurs {
  readonly run: Timed;
  readonly series: number;
  release(): Promise<void>;
}

/** Trains one network for a few steps and opens it; each run forecasts what follows each series' training part. */
export async function openOurs(held: HeldOut, units: number): Promise<OpenOurs> {
  const root = join(held.folder, 'store');
  const configuration = configurationOf(held.configuration, { members: 1, units, budget: '5steps' });
  const { job } = await runJob({
    ...{ root, dataset: held.name, files: [held.training], configuration, processes: 1 },
  });
  const model = await openModel(fileStore(root), held.name, job.version ?? '');
  const items = held.windows.map(({ series, origin }) => ({
    item: series.item,
    start: series.start,
    history: series.target.subarray(0, (origin + 1) * held.channels.length),
  }));
  return {
    series: items.length,
    release: () => model.session.release(),
    async run(times) {
      const began = performance.now();
      for (let i = 0; i < times; i++) {
        const forecasts = await forecastItems(model.session, model.shape, items);
        if (forecasts.length !== items.length) throw new Error('every series must have its forecast');
      }
      return (performance.now() - began) / times;
    },
  };
}
