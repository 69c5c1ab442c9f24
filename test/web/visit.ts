import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../web/words/index.ts';

export interface VisitOptions {
  readonly origin: string;
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface Visit {
  readonly page: Page;
  /** What went wrong so far and was not told before: errors in the console, requests that failed or left for another host. */
  readonly problems: () => readonly string[];
  /** Opens a page by its hash, and waits until all of it is there. */
  readonly open: (hash: string, ready?: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A reader with a browser window of their own, and everything that the page should not do noted down. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { origin, language = 'en', theme = 'light', width = 1200, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  let found: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (['error', 'warning'].includes(message.type())) {
      found.push(`console ${message.type()}: ${message.text()} ${url}`);
    }
  });
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || ['data:', 'blob:'].includes(url.protocol);
    if (!isOwn) found.push(`another host: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What the page itself no longer wants is no fault.
    if (reason !== 'net::ERR_ABORTED') found.push(`failed: ${request.url()} ${reason}`);
  });
  return {
    page,
    problems() {
      const told = found;
      found = [];
      return told;
    },
    async open(hash, ready = 'main h1') {
      await page.goto(`${origin}/${hash}`);
      await page.locator(ready).first().waitFor();
      await settled(page);
    },
    close: () => context.close(),
  };
}

/** Waits until nothing on the page is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.locator('main .busy').first().waitFor({ state: 'detached' });
}
