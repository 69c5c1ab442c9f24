import { useState } from 'preact/hooks';
import { type Model, present, useApi } from '../../api/index.ts';
import { Busy, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { forecastCsv } from '../../views/index.ts';
import { exportFiles } from './export-files.ts';
import { saveBlob } from './save.ts';

/** The forecast as a table, forecasts of all items, the model itself. */
export function Downloads({ model, item }: { readonly model: Model; readonly item: string | null }) {
  const { words, formats } = useReading();
  const { client } = useApi();
  const [busy, setBusy] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { model: name, version } = model;
  const path = { model: name };
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    setBusy(0);
    await work().catch(setError);
    setBusy(null);
  };
  const saveForecast = (of: string) =>
    attempt(async () => {
      const answer = await client.POST('/v1/models/{model}/forecast', {
        params: { path },
        body: { items: [of] },
      });
      const forecasts = present(answer).forecasts.map(({ quantiles, ...forecast }) => ({
        ...forecast,
        quantiles: quantiles.map(({ values }) => values),
      }));
      const table = forecastCsv(of, model.quantiles, forecasts);
      saveBlob(new Blob([table], { type: 'text/csv' }), `${name}.csv`);
    });
  const saveAll = (format: 'csv' | 'parquet') =>
    attempt(async () => {
      for (const { file, blob } of await exportFiles(client, name, format, setBusy)) {
        saveBlob(blob, `${name}-${file}`);
      }
    });
  const saveFile = (file: string) =>
    attempt(async () => {
      const answer = await client.GET('/v1/models/{model}/bundle', {
        params: { path, query: { version, file } },
        parseAs: 'blob',
      });
      saveBlob(present(answer), file);
    });
  return (
    <section class="panel" aria-labelledby="downloads">
      <h2 id="downloads">{words.use.downloads}</h2>
      {error !== null && <Problem error={error} />}
      {busy !== null && <Busy text={`${words.use.preparing} ${formats.share(busy)}`} />}
      <p class="row">
        {item !== null && (
          <button type="button" disabled={busy !== null} onClick={() => saveForecast(item)}>
            {words.use.forecastCsv}
          </button>
        )}
        <button type="button" disabled={busy !== null} onClick={() => saveAll('csv')}>
          {words.use.allCsv}
        </button>
        <button type="button" disabled={busy !== null} onClick={() => saveAll('parquet')}>
          {words.use.allParquet}
        </button>
        <button type="button" disabled={busy !== null} onClick={() => saveFile('forecaster.onnx')}>
          {words.use.onnxFile}
        </button>
        <button type="button" disabled={busy !== null} onClick={() => saveFile('bundle.json')}>
          {words.use.bundleFile}
        </button>
      </p>
      <p class="muted">{words.use.picture}</p>
    </section>
  );
}
