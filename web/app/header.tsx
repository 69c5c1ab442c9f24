import type { Theme } from '../reading/index.ts';
import { useReading } from '../reading/index.ts';
import { hrefOf, type Route } from '../route/index.ts';
import { type Language, languages, wordsOf } from '../words/index.ts';

interface HeaderProps {
  readonly route: Route;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly connect: () => void;
}

export function Header({ route, language, setLanguage, theme, setTheme, connect }: HeaderProps) {
  const { words } = useReading();
  const place = (page: 'start' | 'upload') => (route.page === page ? ('page' as const) : undefined);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  return (
    <header class="top">
      <a class="brand" href={hrefOf({ page: 'start' })}>
        <img src="./tide.svg" alt="" width="26" height="26" />
        Tidecast
      </a>
      <nav aria-label="Tidecast">
        <a href={hrefOf({ page: 'start' })} aria-current={place('start')}>
          {words.app.home}
        </a>
        <a href={hrefOf({ page: 'upload' })} aria-current={place('upload')}>
          {words.app.upload}
        </a>
      </nav>
      <div class="top-tools">
        <button type="button" onClick={connect}>
          {words.app.connection}
        </button>
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
      </div>
    </header>
  );
}
