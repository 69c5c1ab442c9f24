import { readFileSync } from 'node:fs';
import { budgetOf, configurationJsonSchema, parseConfiguration } from '../../shared/documents/index.ts';

test('nothing is required', () => {
  expect(parseConfiguration(undefined)).toMatchObject({
    cell: 'lstm',
    budget: '2400steps',
    quantiles: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975],
  });
});

test.each<[string, unknown, string]>([
  ['a mistyped field', { horizn: 3 }, 'got "horizn": did you mean horizon?'],
  ['a mistyped cell', { cell: 'lstmm' }, 'got "lstmm": did you mean lstm?'],
  ['a horizon of 0', { horizon: 0 }, 'horizon must be at least 1, got 0: mend horizon'],
  ['levels out of order', { quantiles: [0.9, 0.1] }, 'quantiles must rise, got [0.9,0.1]'],
  ['a level of 1', { quantiles: [0.5, 1] }, 'quantiles.1 must be below 1, got 1'],
  [
    'a budget without unit',
    { budget: '60' },
    'budget must be a time or steps, such as 90s, 10m, 1h or 600steps, got "60"',
  ],
  ['a budget of nothing', { budget: '0s' }, 'budget must be a time or steps'],
  ['a budget of days', { budget: '1d' }, 'budget must be a time or steps'],
])('%s is refused', (_, input, message) => {
  expect(() => parseConfiguration(input)).toThrow(message);
});

test.each([
  ['90s', { seconds: 90 }],
  ['10m', { seconds: 600 }],
  ['1h', { seconds: 3600 }],
  ['600steps', { steps: 600 }],
])('a budget of %s', (budget, meant) => {
  expect(budgetOf(parseConfiguration({ budget }))).toEqual(meant);
});

test('docs/tidecast.schema.json is what the configuration says (npm run schema writes it)', () => {
  const published: unknown = JSON.parse(readFileSync('docs/tidecast.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
});
