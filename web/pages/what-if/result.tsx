import { useMemo, useState } from 'preact/hooks';
import type { Item, Model } from '../../api/index.ts';
import { Chart } from '../../charts/index.ts';
import { Busy, ChannelChoice, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { forecastCsv } from '../../views/index.ts';
import type { Why } from './bundle.ts';
import { changeOf, outcomeChart } from './outcome.ts';
import { signedShare } from './signed-share.ts';
import type { Forecasting } from './use-forecast.ts';

interface ResultProps {
  readonly model: Model;
  readonly item: Item;
  /** With the stored values. */
  readonly before: Forecasting;
  /** With those that the reader sees. */
  readonly after: Forecasting;
}

/** The forecast as stored and as it would be, how much that changes, and who computed it. */
export function Result({ model, item, before, after }: ResultProps) {
  const { words, formats } = useReading();
  const [channel, setChannel] = useState(model.channels[0] ?? '');
  const stored = before.answer?.forecasts.find((one) => one.channel === channel) ?? null;
  const changed = after.answer?.forecasts.find((one) => one.channel === channel) ?? null;
  const change = changeOf(stored, changed, model.quantiles);
  const data = useMemo(
    () =>
      outcomeChart({
        ...{ model, item, channel, stored, changed },
        texts: {
          title: words.whatIf.chart(item.item),
          time: words.model.time,
          observed: words.model.observed,
          before: words.whatIf.before,
          after: words.whatIf.after,
          interval: (share) => words.model.interval(formats.share(share)),
        },
      }),
    [model, item, channel, stored, changed, words, formats],
  );
  const error = after.error ?? before.error;
  const csv = after.answer && forecastCsv(item.item, model.quantiles, after.answer.forecasts);
  return (
    <section class="panel result" aria-label={words.whatIf.chart(item.item)}>
      <ChannelChoice channels={model.channels} channel={channel} choose={setChannel} />
      {error !== null && <Problem error={error} />}
      {!after.answer && after.waiting && <Busy text={words.whatIf.loading} />}
      <Chart data={data} height={340} />
      <p class="outcome" role="status">
        {change !== null && <b>{words.whatIf.change(signedShare(change, formats))}</b>}
        {after.answer && (
          <span class="muted">
            <Computer why={after.answer.why} />
          </span>
        )}
      </p>
      {csv && (
        <a
          class="button"
          download={`${model.model}-what-if.csv`}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`}
        >
          {words.whatIf.csv}
        </a>
      )}
    </section>
  );
}

/** Who computed it, and why. */
function Computer({ why }: { readonly why: Why | null }) {
  const { words, formats } = useReading();
  if (!why) return <>{words.whatIf.here}</>;
  const reason = {
    noWasm: () => words.whatIf.reasons.noWasm,
    tooLarge: () => words.whatIf.reasons.tooLarge(formats.bytes(why.kind === 'tooLarge' ? why.bytes : 0)),
    failed: () => (why.kind === 'failed' ? why.message.replace(/\.+$/, '') : ''),
  }[why.kind]();
  return (
    <>
      {words.whatIf.server} {words.whatIf.why(reason)}
    </>
  );
}
