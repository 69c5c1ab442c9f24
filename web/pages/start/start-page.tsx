import { useState } from 'preact/hooks';
import { useApi, useAsk, usePolling } from '../../api/index.ts';
import { Busy, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { hrefOf } from '../../route/index.ts';
import { DatasetCard } from './dataset-card.tsx';
import { listDatasets } from './datasets.ts';

/** Datasets and models as cards. */
export function StartPage() {
  const { words } = useReading();
  const { client } = useApi();
  const [pages, setPages] = useState(1);
  const asked = useAsk(async () => {
    const all = [];
    let next: string | null | undefined;
    for (let page = 0; page < pages && next !== null; page++) {
      const found = await listDatasets(client, next);
      all.push(...found.datasets);
      next = found.next;
    }
    return { datasets: all, next };
  }, [pages]);
  const datasets = asked.data?.datasets ?? [];
  usePolling(
    asked.again,
    3000,
    datasets.some(({ job }) => job?.status === 'running'),
  );
  return (
    <>
      <div class="row page-head">
        <div>
          <h1>{words.start.title}</h1>
          <p class="muted">{words.start.lead}</p>
        </div>
        <Ways primary={datasets.length > 0} />
      </div>
      {asked.error !== undefined && <Problem error={asked.error} again={asked.again} />}
      {asked.waiting && !asked.data && <Busy />}
      {asked.data && datasets.length === 0 && (
        <section class="empty">
          <h2>{words.start.emptyTitle}</h2>
          <p>{words.start.empty}</p>
          <Ways primary />
        </section>
      )}
      <ul class="cards">
        {datasets.map((dataset) => (
          <DatasetCard key={dataset.dataset} {...dataset} />
        ))}
      </ul>
      {asked.data?.next && (
        <button type="button" onClick={() => setPages(pages + 1)}>
          {words.app.more}
        </button>
      )}
    </>
  );
}

const Ways = ({ primary }: { readonly primary: boolean }) => {
  const { words } = useReading();
  if (!primary) return null;
  return (
    <p class="row">
      <a class="button primary" href={hrefOf({ page: 'upload' })}>
        {words.start.upload}
      </a>
      <a class="button" href={hrefOf({ page: 'upload', example: true })}>
        {words.start.example}
      </a>
    </p>
  );
};
