import type { Preview } from '../../../web/api/answers.ts';
import { configurationOf, type Draft, draftOf } from '../../../web/pages/upload/draft.ts';

const report = {
  ...{ items: 1, rows: 3, first: '2024-01-01', last: '2024-01-03', frequency: '1d', confidence: 1 },
  roles: {
    ...{ item: { column: 'shop' }, time: { column: 'day' }, target: { column: ['sold'] } },
    ...{ known: ['price'], past: ['visits'], static: ['town'], ignored: [{ column: 'note' }] },
  },
};
/** What matters here of a preview. */
const preview = { report, horizon: 14 } as unknown as Preview;
const unread = { report: null, horizon: null } as unknown as Preview;

test('a draft begins with what was found, and what was said beside it', () => {
  expect(draftOf(preview, { budget: '5m', frequency: '2d' })).toEqual({
    roles: {
      ...{ shop: 'item', day: 'time', sold: 'target', price: 'known', visits: 'past', town: 'static' },
      note: 'ignore',
    },
    ...{ frequency: '1d', horizon: '14', budget: '5m', timezone: '' },
  });
  // Nothing was found: what was said is all.
  const said = { columns: { item: ['shop', 'town'], time: 'day', target: 'sold' }, frequency: '1h' };
  expect(draftOf(unread, said)).toEqual({
    roles: { shop: 'item', town: 'item', day: 'time', sold: 'target' },
    ...{ frequency: '1h', horizon: '', budget: '', timezone: '' },
  });
});

test('the configuration says only what was changed', () => {
  const before = { horizon: 14, members: 2, budget: '5m' };
  const found = draftOf(preview, before);
  const after = (changed: Partial<Draft>) => configurationOf(before, found, { ...found, ...changed });
  expect(after({})).toEqual(before);
  expect(after({ budget: ' 30steps ', timezone: 'Europe/Berlin' })).toEqual({
    ...{ ...before, budget: '30steps', timezone: 'Europe/Berlin' },
  });
  // What is emptied is found again.
  expect(after({ horizon: '', budget: '' })).toEqual({ members: 2 });
  expect(after({ roles: { ...found.roles, note: 'past', town: 'item' } })).toEqual({
    ...before,
    columns: {
      ...{ item: ['shop', 'town'], time: 'day', target: 'sold' },
      ...{ known: ['price'], past: ['visits', 'note'] },
    },
  });
});
