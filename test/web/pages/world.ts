import type { Browser } from 'playwright-core';
import type { Site } from '../site.ts';

/** What the tests of the pages are given: the store of `trainedStore`, served. */
export interface World {
  readonly browser: Browser;
  readonly site: Site;
}
