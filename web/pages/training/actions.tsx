import { useState } from 'preact/hooks';
import { type Job, present, useApi } from '../../api/index.ts';
import { Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { go } from '../../route/index.ts';

/** Cancels what runs; trains again what has ended. */
export function Actions({ job, again }: { readonly job: Job; readonly again: () => void }) {
  const { words } = useReading();
  const { client } = useApi();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    setBusy(true);
    await work().catch(setError);
    setBusy(false);
  };
  const cancel = () =>
    attempt(async () => {
      if (!confirm(words.training.cancelAsk)) return;
      const params = { path: { job: job.job }, query: { dataset: job.dataset } };
      await client.POST('/v1/jobs/{job}/cancel', { params });
      again();
    });
  const retrain = () =>
    attempt(async () => {
      const params = { path: { dataset: job.dataset } };
      const begun = present(await client.POST('/v1/datasets/{dataset}/retrain', { params }));
      go({ page: 'training', dataset: begun.dataset, job: begun.job });
      again();
    });
  return (
    <>
      {error !== null && <Problem error={error} />}
      <p class="row">
        {job.status === 'running' ? (
          <button type="button" disabled={busy} onClick={cancel}>
            {words.training.cancel}
          </button>
        ) : (
          <button type="button" disabled={busy} onClick={retrain}>
            {job.status === 'done' ? words.training.again : words.training.goOn}
          </button>
        )}
      </p>
    </>
  );
}
