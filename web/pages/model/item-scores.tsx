import { ApiError, type Model, present, useApi, useAsk } from '../../api/index.ts';
import { none } from '../../format/index.ts';
import { Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';

/** One item's own scores, channel by channel. */
export function ItemScores({ model, item }: { readonly model: Model; readonly item: string }) {
  const { words, formats } = useReading();
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
  const intervals = asked.data.channels[0]?.coverage.map(({ interval }) => interval) ?? [];
  return (
    <div class="panel">
      <h3>
        {words.model.thisItem}: {item}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys */}
      <section class="scroll" tabIndex={0} aria-label={words.model.thisItem}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.model.channel}</th>
              <th scope="col" class="number">
                MASE
              </th>
              <th scope="col" class="number">
                {words.model.baselines.seasonalNaive ?? none}
              </th>
              <th scope="col" class="number">
                wQL
              </th>
              {intervals.map((interval) => (
                <th key={interval} scope="col" class="number">
                  {words.model.coverage(formats.share(interval))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {asked.data.channels.map(({ channel, mase, baselineMase, wql, coverage }) => (
              <tr key={channel}>
                <th scope="row">{channel}</th>
                <td class="number">{formats.number(mase)}</td>
                <td class="number">{formats.number(baselineMase)}</td>
                <td class="number">{formats.number(wql)}</td>
                {coverage.map(({ interval, share }) => (
                  <td key={interval} class="number">
                    {formats.share(share)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
