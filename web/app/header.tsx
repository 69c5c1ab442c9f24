import { type ReadingChoice, ReadingTools, useReading } from '../reading/index.ts';
import { hrefOf, type Route } from '../route/index.ts';

interface HeaderProps {
  readonly route: Route;
  readonly choice: ReadingChoice;
  readonly connect: () => void;
}

export function Header({ route, choice, connect }: HeaderProps) {
  const { words } = useReading();
  const place = (page: 'start' | 'upload') => (route.page === page ? ('page' as const) : undefined);
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
        <ReadingTools {...choice} />
      </div>
    </header>
  );
}
