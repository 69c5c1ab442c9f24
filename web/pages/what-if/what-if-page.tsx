import { present, useApi, useAsk } from '../../api/index.ts';
import { Busy, Field, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { go, type Route } from '../../route/index.ts';
import { WhatIf } from './what-if.tsx';

/** Items that can be chosen here; the model's own page searches among all. */
const listed = 100;

/** The model and the item that the address says, or its first item. */
export function WhatIfPage({ route }: { readonly route: Extract<Route, { model: string }> }) {
  const { words } = useReading();
  const { client } = useApi();
  const path = { model: route.model };
  const model = useAsk(
    async () => present(await client.GET('/v1/models/{model}', { params: { path } })),
    [route.model],
  );
  const items = useAsk(async () => {
    const params = { path, query: { limit: listed } };
    return present(await client.GET('/v1/models/{model}/items', { params })).items;
  }, [route.model]);
  const item = route.item ?? items.data?.[0];
  const failed = [model, items].find(({ error }) => error !== undefined);
  return (
    <>
      <h1>{words.whatIf.title}</h1>
      <p class="muted">{words.whatIf.lead}</p>
      {failed && <Problem error={failed.error} again={failed.again} />}
      {!failed && !(model.data && items.data) && <Busy />}
      {items.data && item !== undefined && (
        <Field id="what-if-item" label={words.model.item}>
          <select
            id="what-if-item"
            value={item}
            onChange={(event) => go({ page: 'what-if', model: route.model, item: event.currentTarget.value })}
          >
            {[...new Set([item, ...items.data])].sort().map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      )}
      {items.data && item === undefined && <p class="notice">{words.model.empty}</p>}
      {model.data && item !== undefined && <WhatIf key={route.model} model={model.data} item={item} />}
    </>
  );
}
