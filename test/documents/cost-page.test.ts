import { readFileSync } from 'node:fs';
import { measured } from '../../scripts/cost/measured.ts';
import { costPage } from '../../scripts/cost/page.ts';
import { prices } from '../../shared/documents/index.ts';

test('docs/cost.md is what the price table and the measured figures give: else run `npm run -s cost`', () => {
  expect(readFileSync('docs/cost.md', 'utf8')).toBe(costPage(prices, measured));
});

test('twice the price of Lambda shows on the page', () => {
  const dearer = { ...prices, lambdaGigabyteSecond: 2 * prices.lambdaGigabyteSecond };
  expect(costPage(dearer, measured)).not.toBe(costPage(prices, measured));
});
