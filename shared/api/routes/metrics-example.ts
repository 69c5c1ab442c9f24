/** How jobs and models show the metrics of a version, in the document's examples. */
export const metricsExample = {
  scores: { mase: 0.71, wql: 0.041 },
  baselines: {
    naive: { mase: 1.92, wql: 0.129 },
    seasonalNaive: { mase: 0.98, wql: 0.067 },
    naive2: { mase: 1.21, wql: 0.081 },
    theta: { mase: 1.17, wql: 0.078 },
    ets: { mase: 0.95, wql: 0.064 },
  },
  beatsBaselines: true,
};
