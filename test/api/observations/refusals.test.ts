import type { Body } from '../support.ts';
import { base, send, stored, timestamp } from './support.ts';

const one = { item: 'a', start: timestamp(base), target: [1] };
const refusals: [name: string, body: unknown, expected: Body][] = [
  ['no series', { series: [] }, { code: 'REQUEST', path: 'series' }],
  [
    'an unknown option',
    { series: [one], onconflict: 'replace' },
    { path: 'onconflict', remedy: 'did you mean onConflict?' },
  ],
  ['another way', { series: [one], onConflict: 'ignore' }, { path: 'onConflict' }],
  ['no observations', { series: [{ ...one, target: [] }] }, { path: 'series[0].target' }],
  ['no name', { series: [{ start: one.start, target: [1] }] }, { path: 'series[0].item' }],
  ['half a letter', { series: [{ ...one, item: '\ud83d' }] }, { path: 'series[0].item' }],
  ['an item twice', { series: [one, one] }, { path: 'series[1].item' }],
  [
    'another grid',
    { series: [{ ...one, start: '2024-10-04T00:00:00Z' }] },
    { code: 'FREQUENCY', path: 'series[0].start' },
  ],
  [
    'known covariates of a model without',
    { series: [{ ...one, known: { price: [1] } }] },
    { path: 'series[0].known' },
  ],
  ['a text for a number', { series: [{ ...one, target: [1, 'two'] }] }, { path: 'series[0].target[1]' }],
  ['a horizon beyond the model', { series: [one], horizon: 4 }, { path: 'horizon' }],
  ['levels beyond the model', { series: [one], quantiles: [0.05] }, { path: 'quantiles' }],
  [
    'the far future',
    { series: [{ ...one, start: timestamp(base + 6000) }] },
    { code: 'REQUEST', path: 'series[0].start' },
  ],
];

test.each(refusals)('%s: refused, and nothing is stored', async (_, body, expected) => {
  const answer = await send(body);
  expect(answer.body).toMatchObject({ status: 422, ...expected });
  expect(await stored('a')).toBeUndefined();
});

test('an unknown model is refused', async () => {
  expect((await send({ series: [one] }, { model: 'none' })).body).toMatchObject({
    ...{ status: 404, code: 'UNKNOWN_MODEL' },
  });
});
