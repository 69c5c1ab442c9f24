/** Writes docs/cost.md from the price table and what was measured. A test tells when it is stale. */
import { writeFileSync } from 'node:fs';
import { prices } from '../shared/documents/index.ts';
import { measured } from './cost/measured.ts';
import { costPage } from './cost/page.ts';

writeFileSync('docs/cost.md', costPage(prices, measured));
