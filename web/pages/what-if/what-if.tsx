import { type Model, present, useApi, useAsk } from '../../api/index.ts';
import { Busy, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { ItemWhatIf } from './item-what-if.tsx';
import { useForecaster } from './use-forecast.ts';

interface WhatIfProps {
  readonly model: Model;
  readonly item: string;
}

/** What would be if the covariates of an item came otherwise. */
export function WhatIf({ model, item }: WhatIfProps) {
  const { words } = useReading();
  if (model.covariates.known.length === 0) return <p class="notice">{words.whatIf.none}</p>;
  return <OpenModel model={model} item={item} />;
}

/** The model stays open when another item is looked at. */
function OpenModel({ model, item }: WhatIfProps) {
  const { client } = useApi();
  const forecaster = useForecaster(model);
  const history = useAsk(async () => {
    // What a forecast reads: no more of it is sent.
    const params = { path: { model: model.model }, query: { item, last: model.context } };
    return present(await client.GET('/v1/models/{model}/items/history', { params }));
  }, [model.model, model.version, item]);
  if (history.error !== undefined) return <Problem error={history.error} again={history.again} />;
  if (!history.data) return <Busy />;
  return <ItemWhatIf key={item} model={model} item={history.data} forecaster={forecaster} />;
}
