import { kinds } from '../../shared/api/problem.ts';
import { documented } from './documented.ts';

test('every code that the API can answer is on the page of problems with its status and title, in the order of the code', () => {
  expect(Object.entries(documented)).toEqual(Object.entries(kinds));
});
