import { type Language, languages, wordsOf } from '../words/index.ts';
import type { Theme } from './preferences.ts';
import { useReading } from './reading.ts';

export interface ReadingChoice {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
}

/** Where the reader chooses the language and light or dark. */
export function ReadingTools({ language, setLanguage, theme, setTheme }: ReadingChoice) {
  const { words } = useReading();
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <label class="hidden" for="language">
        {words.app.language}
      </label>
      <select
        id="language"
        value={language}
        onChange={(event) => {
          const chosen = languages.find((one) => one === event.currentTarget.value);
          if (chosen) setLanguage(chosen);
        }}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {wordsOf[one].name}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={words.app[other]}
        title={words.app[other]}
        onClick={() => setTheme(other)}
      >
        <span aria-hidden="true">{theme === 'dark' ? '☀' : '☾'}</span>
      </button>
    </>
  );
}
