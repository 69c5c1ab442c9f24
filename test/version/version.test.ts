import { readFileSync } from 'node:fs';
import { version } from '../../shared/version/index.ts';

test('the version is the one in package.json', () => {
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
