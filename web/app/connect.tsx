import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../api/index.ts';
import { Field } from '../parts/index.ts';
import { useReading } from '../reading/index.ts';

interface ConnectProps {
  readonly connection: Connection;
  readonly use: (connection: Connection) => void;
  readonly close: () => void;
}

/** Asks for the API's address and a token. */
export function Connect({ connection, use, close }: ConnectProps) {
  const { words } = useReading();
  const dialog = useRef<HTMLDialogElement>(null);
  const [url, setUrl] = useState(connection.url);
  const [token, setToken] = useState(connection.token);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="connect-title">
      <form
        method="dialog"
        onSubmit={() => use({ url: url.trim().replace(/\/+$/, '') || location.origin, token: token.trim() })}
      >
        <h2 id="connect-title">{words.connection.title}</h2>
        <p>{words.connection.text}</p>
        <Field id="connect-url" label={words.connection.url}>
          <input
            id="connect-url"
            type="url"
            required
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        </Field>
        <Field id="connect-token" label={words.connection.token} hint={words.connection.tokenHint}>
          <input
            id="connect-token"
            type="password"
            autocomplete="off"
            aria-describedby="connect-token-hint"
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </Field>
        <p class="row">
          <button type="submit" class="primary">
            {words.connection.save}
          </button>
        </p>
      </form>
    </dialog>
  );
}
