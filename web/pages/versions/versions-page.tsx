import { useState } from 'preact/hooks';
import { type Model, present, useApi, useAsk } from '../../api/index.ts';
import { none } from '../../format/index.ts';
import { ModelFrame } from '../../items/index.ts';
import { Busy, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { go, type Route } from '../../route/index.ts';
import { askVersions } from './ask-versions.ts';
import { VersionTable } from './version-table.tsx';

/** Champion and challengers, rollback, training again. */
export function VersionsPage({ route }: { readonly route: Extract<Route, { model: string }> }) {
  const [turn, setTurn] = useState(0);
  return (
    <ModelFrame key={turn} route={route} items={false}>
      {(model) => <Versions model={model} changed={() => setTurn(turn + 1)} />}
    </ModelFrame>
  );
}

function Versions({ model, changed }: { readonly model: Model; readonly changed: () => void }) {
  const { words } = useReading();
  const { client } = useApi();
  const [limit, setLimit] = useState(20);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { model: name } = model;
  const asked = useAsk(async () => askVersions(client, name, limit), [name, limit]);
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    setBusy(true);
    await work().catch(setError);
    setBusy(false);
  };
  const rollBack = (version: string) =>
    attempt(async () => {
      if (!confirm(words.versions.rollbackAsk(version))) return;
      await client.POST('/v1/models/{model}/rollback', {
        params: { path: { model: name } },
        body: { version },
      });
      changed();
    });
  const retrain = () =>
    attempt(async () => {
      const params = { path: { dataset: name } };
      const begun = present(await client.POST('/v1/datasets/{dataset}/retrain', { params }));
      go({ page: 'training', dataset: begun.dataset, job: begun.job });
    });
  return (
    <>
      <p class="muted">{words.versions.lead}</p>
      {error !== null && <Problem error={error} />}
      {asked.error !== undefined && <Problem error={asked.error} again={asked.again} />}
      {!asked.data && asked.waiting && <Busy />}
      {asked.data && (
        <div class="panel">
          <VersionTable versions={asked.data.versions} busy={busy} rollBack={rollBack} />
          <p class="row">
            {asked.data.more && (
              <button type="button" onClick={() => setLimit(limit + 20)}>
                {words.app.more}
              </button>
            )}
            <button type="button" disabled={busy} onClick={retrain}>
              {words.versions.retrain}
            </button>
          </p>
        </div>
      )}
      <Moves model={model} />
    </>
  );
}

/** Which version served when, and why. */
function Moves({ model: { history } }: { readonly model: Model }) {
  const { words, formats } = useReading();
  return (
    <section class="panel" aria-labelledby="moves">
      <h2 id="moves">{words.versions.history}</h2>
      <ol class="plain">
        {history.map(({ version, reason, at }) => (
          <li key={`${version} ${at}`}>
            <code>{version}</code>{' '}
            <span class="muted">{at === null ? none : formats.time(Date.parse(at), local)}</span>
            <br />
            {reason}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** When somebody did something is told by the reader's own clock. */
const local = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, clock: true };
