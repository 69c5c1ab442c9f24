/** One item of the accuracy of the version that the other examples speak of. */
export const itemAccuracyExample = {
  ...{ model: 'electricity', version: '0123456789abcdef', frequency: '1h', item: 'MT_001' },
  channels: [
    {
      ...{ channel: 'target', mase: 1.92, wql: 0.21, baselineMase: 2.05 },
      coverage: [{ interval: 0.8, share: 0.75 }],
      windows: [
        {
          origin: '2024-04-30T21:00:00Z',
          timestamps: ['2024-04-30T22:00:00Z', '2024-04-30T23:00:00Z'],
          observed: [3.1, null],
          mean: [3.02, 3.4],
          quantiles: [{ level: 0.5, values: [3, 3.3] }],
        },
      ],
    },
  ],
};
