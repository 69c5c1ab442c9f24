import type { BundleParts } from '../../shared/bundle/index.ts';
import { parseFrequency } from '../../shared/frequency/index.ts';
import { type ObjectStore, s3Store } from '../../shared/store/index.ts';
import { fakeS3 } from '../store/fake-s3.ts';

/** A store in memory whose answers come late enough for others to get in between. */
export function memoryStore(): { readonly store: ObjectStore; readonly objects: Map<string, Uint8Array> } {
  const { client, objects } = fakeS3();
  return { store: s3Store({ bucket: 'bucket', client }), objects };
}

/** A small bundle; `seed` makes it another one. */
export const parts = (seed = 0): BundleParts => ({
  forecaster: Buffer.from(`graph ${seed}`),
  files: { 'report.json': Buffer.from('{}'), 'forecasts.parquet': Buffer.from([1, 2, 3]) },
  description: {
    tidecast: '0.1.0',
    dataset: 'power',
    configuration: { cell: 'lstm', members: 1, quantiles: [0.1, 0.5, 0.9] },
    frequency: parseFrequency('1h'),
    season: 24,
    ...{ seasons: [24], transforms: ['identity'], mixture: null, reasons: {} },
    horizon: 24,
    context: 168,
    layout: 'long',
    channels: ['load'],
    covariates: {
      known: ['temperature'],
      past: [],
      static: [
        { name: 'area', kind: 'number' },
        { name: 'region', kind: 'category', values: ['north', 'south'] },
      ],
    },
    features: [
      {
        generator: 'holidays',
        columns: ['holiday', 'before_holiday', 'after_holiday'],
        country: 'DE',
        dates: ['2024-12-25'],
        years: [2024, 2024],
      },
    ],
    levels: [0.1, 0.5, 0.9],
    members: [{ seed, steps: 600 }],
    data: { fingerprint: 'f00d', items: 3, lastPeriod: 480_000 },
    metrics: {
      backtest: {
        fit: 'before-origins',
        scores: { mase: 0.91, wql: 0.05, smape: null },
        baselines: { 'seasonal naive': { mase: 1.2, wql: 0.08 } },
        beatsBaselines: true,
        windows: 5,
      },
    },
  },
});
