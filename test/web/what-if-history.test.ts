import { assumed } from '../../shared/forecast/index.ts';
import { parseFrequency } from '../../shared/frequency/index.ts';
import { historyOf } from '../../web/pages/what-if/history.ts';
import { stepTimes } from '../../web/pages/what-if/step-times.ts';

const item = {
  ...{ model: 'm', item: 'a', frequency: '1h', start: '1970-01-02T00:00:00Z' },
  timestamps: ['1970-01-02T00:00:00Z', '1970-01-02T01:00:00Z', '1970-01-02T02:00:00Z'],
  target: { y: [1, null], z: [3, 4] },
  known: { price: [5, 6, 7], load: [8, null, 9] },
  past: { wind: [10, null] },
  static: { region: 'north' },
};
const description = {
  ...{ horizon: 2, context: 10, channels: ['y', 'z'], features: [], levels: [0.5] },
  covariates: { known: ['load', 'price'], past: ['wind'], static: [] },
  frequency: parseFrequency('1h'),
};

test('an item of the API is read as a forecast wants it: columns side by side in the order of the graph', () => {
  const { history, known, past, start, statics } = historyOf(item, description);
  expect(start).toBe(24);
  expect([...history]).toEqual([1, 3, Number.NaN, 4]);
  expect([...(known ?? [])]).toEqual([8, 5, Number.NaN, 6, 9, 7, Number.NaN, Number.NaN]);
  expect([...(past ?? [])]).toEqual([10, Number.NaN]);
  expect(statics).toEqual({ region: 'north' });
});

test('what is assumed takes the place of what is stored ahead', () => {
  const history = historyOf(item, description);
  const { known } = assumed(history, description.covariates.known, {
    a: { price: Float64Array.of(70, 71), load: Float64Array.of(90, 91) },
  });
  expect([...(known ?? [])].slice(4)).toEqual([90, 70, 91, 71]);
});

test('a model without covariates gets none', () => {
  const bare = { ...description, covariates: { known: [], past: [], static: [] } };
  const { known, past } = historyOf(item, bare);
  expect([known, past]).toEqual([undefined, undefined]);
});

test('steps ahead keep the phase of the timestamps', () => {
  const times = (timestamps: string[], frequency: string) =>
    stepTimes({ timestamps, target: { y: timestamps.map(() => 1) } }, { frequency, horizon: 2 }).map((at) =>
      new Date(at).toISOString().slice(0, 16),
    );
  expect(times(['2024-01-01T00:15:00Z', '2024-01-01T01:15:00Z'], '1h')).toEqual([
    '2024-01-01T02:15',
    '2024-01-01T03:15',
  ]);
  expect(times(['2023-11-30', '2023-12-31'], '1mo')).toEqual(['2024-01-31T00:00', '2024-02-29T00:00']);
  expect(times(['2024-05-01', '2024-05-02', '2024-05-03'], '1b')).toEqual([
    '2024-05-06T00:00',
    '2024-05-07T00:00',
  ]);
});
