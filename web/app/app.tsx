import { useMemo, useState } from 'preact/hooks';
import { ApiContext, clientOf, storeConnection, storedConnection } from '../api/index.ts';
import { ReadingContext, useReadingChoice } from '../reading/index.ts';
import { useRoute } from '../route/index.ts';
import { Connect } from './connect.tsx';
import { Header } from './header.tsx';
import { Page } from './page.tsx';

/** The page as a whole: how it is read, whom it speaks to, what is open. */
export function App() {
  const { reading, choice } = useReadingChoice();
  const [connection, setConnection] = useState(storedConnection);
  const [connecting, setConnecting] = useState(false);
  const route = useRoute();
  const api = useMemo(
    () => ({ connection, client: clientOf(connection), connect: () => setConnecting(true) }),
    [connection],
  );
  return (
    <ReadingContext.Provider value={reading}>
      <ApiContext.Provider value={api}>
        <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
          {reading.words.app.skip}
        </button>
        <Header {...{ route, choice }} connect={api.connect} />
        <main id="content" tabIndex={-1}>
          <Page key={JSON.stringify(connection)} route={route} />
        </main>
        {connecting && (
          <Connect
            connection={connection}
            use={(next) => {
              storeConnection(next);
              setConnection(next);
            }}
            close={() => setConnecting(false)}
          />
        )}
      </ApiContext.Provider>
    </ReadingContext.Provider>
  );
}
