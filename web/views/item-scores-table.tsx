import type { ItemAccuracy } from '../api/index.ts';
import { none } from '../format/index.ts';
import { useReading } from '../reading/index.ts';

type Scores = Pick<ItemAccuracy, 'item' | 'channels'>;

/** One item's own scores, channel by channel. */
export function ItemScoresTable({ scores: { item, channels } }: { readonly scores: Scores }) {
  const { words, formats } = useReading();
  const intervals = (channels[0]?.coverage ?? []).map(({ interval }) => interval).sort((a, b) => a - b);
  const heads = [
    words.model.metrics.mase ?? none,
    words.model.baselines.seasonalNaive ?? none,
    words.model.metrics.wql ?? none,
    ...intervals.map((interval) => words.model.coverage(formats.share(interval))),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys
    <section class="scroll" tabIndex={0} aria-label={`${words.model.thisItem}: ${item}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.model.channel}</th>
            {heads.map((head) => (
              <th key={head} scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map(({ channel, mase, baselineMase, wql, coverage }) => (
            <tr key={channel}>
              <th scope="row">{channel}</th>
              <td class="number">{formats.number(mase)}</td>
              <td class="number">{formats.number(baselineMase)}</td>
              <td class="number">{formats.number(wql)}</td>
              {intervals.map((interval) => (
                <td key={interval} class="number">
                  {formats.share(coverage.find((one) => one.interval === interval)?.share ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
