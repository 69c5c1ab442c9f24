import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

export type { Words };

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** One table for each language; the types see to it that none lacks a text. */
export const wordsOf: Readonly<Record<Language, Words>> = { en, zh };
