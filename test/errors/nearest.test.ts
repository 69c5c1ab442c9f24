import { nearest } from '../../shared/errors/index.ts';

const words = ['load', 'price', 'temperature'];

test.each([
  ['laod', 'load'],
  ['Load', 'load'],
  ['loads', 'load'],
  ['temprature', 'temperature'],
  ['tmeperatrue', 'temperature'],
])('for %s the nearest word is %s', (word, meant) => {
  expect(nearest(word, words)).toBe(meant);
});

test.each(['wind', 'lo', 'aldo', ''])('no word is near to "%s"', (word) => {
  expect(nearest(word, words)).toBeNull();
});
