import { ApiError, useApi } from '../api/index.ts';
import { useReading } from '../reading/index.ts';

interface ProblemProps {
  readonly error: unknown;
  /** Asks once more, where that may help. */
  readonly again?: () => void;
}

/** What went wrong, in the API's words: rule, what was received, remedy. */
export function Problem({ error, again }: ProblemProps) {
  const { words } = useReading();
  const { connection, connect } = useApi();
  const needsToken = error instanceof ApiError && error.problem.status === 401;
  return (
    <section class="notice notice-bad" role="alert">
      <h3>{words.problem.title}</h3>
      {error instanceof ApiError ? (
        <>
          <p>{error.problem.detail}</p>
          <p>
            <b>{words.problem.remedy}:</b> {error.problem.remedy}
          </p>
          <p class="muted">
            {words.problem.code}: {error.problem.code}
          </p>
        </>
      ) : (
        <p>{isOffline(error) ? words.problem.offline(connection.url) : String(error)}</p>
      )}
      {needsToken && (
        <p>
          {words.connection.needed}{' '}
          <button type="button" class="primary" onClick={connect}>
            {words.app.connection}
          </button>
        </p>
      )}
      {again && (
        <button type="button" onClick={again}>
          {words.app.again}
        </button>
      )}
    </section>
  );
}

/** What `fetch` throws where nobody answers. */
const isOffline = (error: unknown): boolean => error instanceof TypeError;
