import { ApiError, type Model, present, useApi, useAsk } from '../../api/index.ts';
import { Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { ItemScoresTable } from '../../views/index.ts';

/** One item's own scores, channel by channel. */
export function ItemScores({ model, item }: { readonly model: Model; readonly item: string }) {
  const { words } = useReading();
  const { client } = useApi();
  const { model: name, version } = model;
  const asked = useAsk(async () => {
    const params = { path: { model: name }, query: { version, item } };
    return present(await client.GET('/v1/models/{model}/accuracy/item', { params }));
  }, [name, version, item]);
  if (asked.error instanceof ApiError && asked.error.problem.code === 'NOT_SCORED') {
    return <p class="muted">{words.model.notScored}</p>;
  }
  if (asked.error !== undefined) return <Problem error={asked.error} again={asked.again} />;
  if (!asked.data) return null;
  return (
    <div class="panel">
      <h3>
        {words.model.thisItem}: {item}
      </h3>
      <ItemScoresTable scores={asked.data} />
    </div>
  );
}
