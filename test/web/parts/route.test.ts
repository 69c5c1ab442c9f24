import fc from 'fast-check';
import { hrefOf, type Route, routeOf } from '../../../web/route/route.ts';

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const modelRoute = fc.record({
  page: fc.constantFrom('model' as const, 'what-if' as const, 'use' as const, 'versions' as const),
  model: name,
  item: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
});
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constant({ page: 'start' as const }),
  fc.constant({ page: 'upload' as const, example: true }),
  fc.record({ page: fc.constant('upload' as const), example: fc.constant(false), dataset: name }),
  fc.record({ page: fc.constant('training' as const), dataset: name, job: name }),
  modelRoute,
);

test('every route is what its address says, whatever the names are', () => {
  fc.assert(fc.property(route, (one) => expect(routeOf(hrefOf(one))).toEqual(one)));
});

test('addresses are readable, and one that means nothing is the start', () => {
  expect(hrefOf({ page: 'what-if', model: 'air', item: 'a b' })).toBe('#/models/air/what-if?item=a%20b');
  for (const hash of ['', '#', '#/', '#/nothing', '#/models', '#/models/air/else', '#/datasets/air/jobs']) {
    expect([hash, routeOf(hash)]).toEqual([hash, { page: 'start' }]);
  }
});

test('an address that was cut in the middle of a letter is no reason to show nothing', () => {
  expect(routeOf('#/models/%E5%A4')).toEqual({ page: 'start' });
});
