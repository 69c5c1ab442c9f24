import type { ShownRow } from '../support/report.ts';
import { model, seriesOf } from './model.ts';
import { serveHere } from './server.ts';

/** 10,000 series of a week in one request, beside the same ones by one. */
export async function batchRows(root: string, count: number): Promise<readonly ShownRow[]> {
  const served = await serveHere(root);
  const url = `${served.origin}/v1/models/${model}/forecast`;
  const forecast = async (series: ReturnType<typeof seriesOf>) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ series, quantiles: [0.1, 0.5, 0.9] }),
    });
    const { forecasts } = await answer.json();
    if (forecasts?.length !== series.length) throw new Error(`answered with ${answer.status}`);
  };
  const perSecond = async (series: number, work: () => Promise<void>): Promise<number> => {
    const began = performance.now();
    await work();
    return (1000 * series) / (performance.now() - began);
  };
  try {
    const all = seriesOf(count, 168);
    const few = all.slice(0, Math.min(500, count));
    await forecast(few);
    const together = await perSecond(count, () => forecast(all));
    const apart = await perSecond(few.length, async () => {
      for (const one of few) await forecast([one]);
    });
    const beside = { metric: 'series/s', peer: 'one by one', goal: null };
    return [
      {
        ...beside,
        ...{ case: `${count} series in one request`, ours: together, theirs: apart, ratio: together / apart },
      },
    ];
  } finally {
    await served.end();
  }
}
