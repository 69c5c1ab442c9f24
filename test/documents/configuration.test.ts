import { readFileSync } from 'node:fs';
import { configurationJsonSchema, parseConfiguration } from '../../shared/documents/index.ts';

test('nothing is required', () => {
  expect(parseConfiguration(undefined)).toMatchObject({
    cell: 'lstm',
    members: 4,
    quantiles: [0.1, 0.5, 0.9],
  });
});

test.each<[string, unknown, string]>([
  ['a mistyped field', { horizn: 3 }, 'got "horizn": did you mean horizon?'],
  ['a mistyped cell', { cell: 'lstmm' }, 'got "lstmm": did you mean lstm?'],
  ['a horizon of 0', { horizon: 0 }, 'horizon: Too small'],
  ['levels out of order', { quantiles: [0.9, 0.1] }, 'quantiles: levels must rise, got [0.9,0.1]'],
  ['a level of 1', { quantiles: [0.5, 1] }, 'quantiles.1'],
  [
    'a budget without unit',
    { budget: '60' },
    'a budget is seconds or steps, such as 60s or 600steps, got "60"',
  ],
])('%s is refused', (_, input, message) => {
  expect(() => parseConfiguration(input)).toThrow(message);
});

test('docs/tidecast.schema.json is what the configuration says (npm run schema writes it)', () => {
  const published: unknown = JSON.parse(readFileSync('docs/tidecast.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
});
