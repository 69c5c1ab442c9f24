import { ApiError, type Model, present, useApi, useAsk } from '../../api/index.ts';
import { ModelFrame } from '../../items/index.ts';
import { Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Route } from '../../route/index.ts';
import { About, AccuracyCharts, MetricsTable } from '../../views/index.ts';
import { ItemScores } from './item-scores.tsx';
import { ItemView } from './item-view.tsx';

/** An item's history, forecast, backtests and anomalies; how good the model is. */
export function ModelPage({ route }: { readonly route: Extract<Route, { model: string }> }) {
  return (
    <ModelFrame route={route}>
      {(model, item) => (
        <>
          {item !== null && <ItemView key={item} model={model} item={item} />}
          <ModelAccuracy model={model} item={item} />
          <About model={model} />
        </>
      )}
    </ModelFrame>
  );
}

function ModelAccuracy({ model, item }: { readonly model: Model; readonly item: string | null }) {
  const { words } = useReading();
  const { client } = useApi();
  const { model: name, version, metrics } = model;
  const accuracy = useAsk(async () => {
    const params = { path: { model: name }, query: { version } };
    return present(await client.GET('/v1/models/{model}/accuracy', { params }));
  }, [name, version]);
  const isOlder = accuracy.error instanceof ApiError && accuracy.error.problem.code === 'UNKNOWN_ACCURACY';
  return (
    <section aria-labelledby="accuracy">
      <h2 id="accuracy">{words.model.accuracy}</h2>
      <p class="muted">{words.model.accuracyLead}</p>
      {metrics && (
        <div class="panel">
          <h3>{words.model.overall}</h3>
          <MetricsTable metrics={metrics} />
        </div>
      )}
      {item !== null && accuracy.data && <ItemScores key={item} model={model} item={item} />}
      {accuracy.data && <AccuracyCharts accuracy={accuracy.data} />}
      {isOlder && <p class="muted">{words.model.noAccuracy}</p>}
      {accuracy.error !== undefined && !isOlder && <Problem error={accuracy.error} again={accuracy.again} />}
    </section>
  );
}
