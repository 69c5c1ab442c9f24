import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Language, languages } from '../words/index.ts';

export type Theme = 'light' | 'dark';

const languageKey = 'tidecast.language';
const themeKey = 'tidecast.theme';

function firstLanguage(): Language {
  const stored = localStorage.getItem(languageKey);
  const wanted = [stored, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.flatMap((tag) => languages.find((one) => one === tag) ?? [])[0] ?? 'en';
}

const systemDark = () => matchMedia('(prefers-color-scheme: dark)');

function firstTheme(): Theme {
  const stored = localStorage.getItem(themeKey);
  if (stored === 'light' || stored === 'dark') return stored;
  return systemDark().matches ? 'dark' : 'light';
}

/** The language as the reader's browser wants it until it is chosen here. */
export function useLanguage(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  }, [language]);
  return [
    language,
    (chosen) => {
      localStorage.setItem(languageKey, chosen);
      setLanguage(chosen);
    },
  ];
}

/** Light or dark as the system has it until it is chosen here. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(firstTheme);
  // Before the effects of what is inside: charts read the style sheet's colours in theirs.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    const follow = () => localStorage.getItem(themeKey) ?? setTheme(systemDark().matches ? 'dark' : 'light');
    const system = systemDark();
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  return [
    theme,
    (chosen) => {
      localStorage.setItem(themeKey, chosen);
      setTheme(chosen);
    },
  ];
}
