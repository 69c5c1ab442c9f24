import { barriers, overflow, untranslated } from '../faults.ts';
import { visit } from '../visit.ts';
import type { World } from './world.ts';

/** Spoils a page in every way that the tests of the pages look for. */
const spoil = `
document.querySelector('main').insertAdjacentHTML('beforeend',
  '<p style="color: #bbb; background: #fff">faint</p><div style="width: 500px">wide</div><h2>Upload a table</h2>');
console.error('spoiled');
fetch('https://example.com/').catch(() => {});
setTimeout(() => { throw new Error('thrown'); });
document.documentElement.lang = 'en';
`;

export function testChecks(world: () => World): void {
  test('the checks see what they look for', async () => {
    const { browser, site } = world();
    const { page, open, problems, close } = await visit(browser, { origin: site.origin, language: 'zh' });
    await open('#/upload');
    expect([await barriers(page), await overflow(page), await untranslated(page, 'zh')]).toEqual([
      [],
      [],
      [],
    ]);
    const thrown = page.waitForEvent('pageerror');
    await page.evaluate(spoil);
    await thrown;
    expect(await barriers(page)).toEqual([expect.stringMatching(/^color-contrast \(1\): .*faint/)]);
    expect(await overflow(page)).toEqual([expect.stringMatching(/^5\d\d points wide: DIV/)]);
    expect(await untranslated(page, 'zh')).toEqual(['not translated: Upload a table', 'lang is "en"']);
    const told = problems().join('\n');
    for (const part of ['console error: spoiled', 'uncaught: thrown', 'another host: https://example.com/']) {
      expect(told).toContain(part);
    }
    await close();
  }, 60_000);
}
