import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { en } from '../../web/words/en.ts';
import type { Language } from '../../web/words/index.ts';
import { zh } from '../../web/words/zh.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds that is serious or critical. */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(document, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes: [node], nodes }) => `${id} (${nodes.length}): ${node?.html}: ${node?.failureSummary}`);
}

/** What is wider than a window of 360 points; the window has its old size afterwards. */
export async function overflow(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  // Charts follow the window in the next frames.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  const wide = await page.evaluate<string[]>(`[...document.querySelectorAll('main *, header *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, pre, .u-wrap'))
    .map((one) => one.tagName + '.' + one.className)`);
  if (before) await page.setViewportSize(before);
  return width > 360 ? [`${width} points wide: ${wide.slice(0, 5).join(' ')}`] : [];
}

/** Texts of a language that are another in the other one. */
function textsOf(words: object, others: object): readonly string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const other: unknown = (others as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'string') return value === other ? [] : [value];
    return typeof value === 'object' && typeof other === 'object' && other ? textsOf(value, other) : [];
  });
}

const foreign = { en: new Set(textsOf(zh, en)), zh: new Set(textsOf(en, zh)) } as const;
const chinese = /\p{Script=Han}/u;

/** What is said in the other language: texts of its word list, headings without (or with) Chinese, `lang`. */
export async function untranslated(page: Page, language: Language): Promise<readonly string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest('option[lang]')) found.push(walker.currentNode.data.trim());
    }
    const attributes = ['aria-label', 'title', 'placeholder'];
    for (const one of document.querySelectorAll('body *')) {
      for (const name of attributes) if (one.hasAttribute(name)) found.push(one.getAttribute(name));
    }
    return found;
  })()`);
  const lang = await page.evaluate<string>('document.documentElement.lang');
  const title = await page.locator('main h1').first().innerText();
  return [
    ...texts.filter((text) => foreign[language].has(text)).map((text) => `not translated: ${text}`),
    ...(language === 'en' ? texts.filter((text) => chinese.test(text)) : []),
    ...(chinese.test(title) === (language === 'zh') ? [] : [`heading: ${title}`]),
    ...(lang === (language === 'zh' ? 'zh-Hans' : 'en') ? [] : [`lang is "${lang}"`]),
  ];
}
