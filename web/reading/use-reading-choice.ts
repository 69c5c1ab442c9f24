import { useMemo } from 'preact/hooks';
import { formatsOf } from '../format/index.ts';
import { wordsOf } from '../words/index.ts';
import { useLanguage, useTheme } from './preferences.ts';
import type { Reading } from './reading.ts';
import type { ReadingChoice } from './reading-tools.tsx';

/** How a page is read, and what changes it. */
export function useReadingChoice(): { readonly reading: Reading; readonly choice: ReadingChoice } {
  const [language, setLanguage] = useLanguage();
  const [theme, setTheme] = useTheme();
  const reading = useMemo(
    () => ({ words: wordsOf[language], formats: formatsOf(language), theme }),
    [language, theme],
  );
  return { reading, choice: { language, setLanguage, theme, setTheme } };
}
