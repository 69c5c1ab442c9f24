import type { Quality } from '../../documents/index.ts';

/** How data looked, for the examples of the document. */
export const qualityExample: Quality = {
  ...{ items: 3, channels: ['target'], rows: 26_304, periods: 26_304 },
  ...{ first: '2023-05-01 00:00:00', last: '2024-04-30 23:00:00', frequency: '1h', confidence: 1 },
  ...{ season: 24, suggestedHorizon: 24, gaps: 0, missingShare: 0.001, duplicatesMerged: 2 },
  ...{ constantItems: 0, negative: 91, zero: 4, future: { periods: 0, missing: 0 } },
  ...{ aggregated: 0, filled: 0, intermittentItems: 0, shortItems: 0, endedItems: 0 },
  mostMissing: [{ item: 'BE', missing: 26 }],
  outliers: { count: 2, item: 'FR', channel: 'target', period: '2023-12-24 03:00:00' },
  ...{ levelShifts: null, leaks: [] },
  shortest: { item: 'BE', periods: 8768 },
  longest: { item: 'FR', periods: 8768 },
  roles: {
    item: { column: 'item_id', because: 'its name' },
    time: { column: 'timestamp', because: 'its name' },
    target: { column: ['target'], because: 'its name' },
    ...{ known: ['load'], past: [], static: [], ignored: [] },
  },
};
