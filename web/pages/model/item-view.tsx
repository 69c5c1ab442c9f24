import { useMemo, useState } from 'preact/hooks';
import { type Model, useApi, useAsk } from '../../api/index.ts';
import { Chart } from '../../charts/index.ts';
import { Busy, ChannelChoice, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { hrefOf } from '../../route/index.ts';
import { firstWindow, forecastData, intervalsOf, levelsFor } from '../../views/index.ts';
import { askAnomalies, askBacktests, askItem } from './ask-item.ts';
import { Origins } from './origins.tsx';

/** One item: its chart, and what is to be seen in it. */
export function ItemView({ model, item }: { readonly model: Model; readonly item: string }) {
  const { words, formats } = useReading();
  const { client } = useApi();
  const [channel, setChannel] = useState(model.channels[0] ?? '');
  const [withBacktests, setWithBacktests] = useState(false);
  const [withAnomalies, setWithAnomalies] = useState(false);
  const [origin, setOrigin] = useState('');
  const about = [model.model, model.version, item];
  const intervals = useMemo(() => intervalsOf(model.quantiles), [model]);
  const parts = useAsk(async () => {
    return askItem(client, model, item, levelsFor(intervals, model.quantiles));
  }, about);
  const backtests = useAsk(
    async () => (withBacktests ? askBacktests(client, model, item) : null),
    [...about, withBacktests],
  );
  const anomalies = useAsk(
    async () => (withAnomalies ? askAnomalies(client, model, item) : null),
    [...about, withAnomalies],
  );
  const windows = backtests.data?.windows[channel];
  const unusual = anomalies.data?.find((one) => one.channel === channel);
  const data = useMemo(() => {
    if (!parts.data) return null;
    const { history, forecasts } = parts.data;
    const values = history.target[channel] ?? [];
    return forecastData(
      {
        ...{
          title: words.model.chart(item),
          frequency: model.frequency,
          timezone: model.timezone,
          intervals,
        },
        history: { timestamps: history.timestamps.slice(0, values.length), values },
        forecast: forecasts?.find((one) => one.channel === channel) ?? null,
        ...(windows && { backtests: windows.filter((one) => origin === '' || one.origin === origin) }),
        ...(unusual && { anomalies: unusual.timestamps.filter((_, i) => unusual.anomaly[i]) }),
      },
      words,
      formats,
    );
  }, [parts.data, channel, windows, origin, unusual, words, formats, item, model, intervals]);
  const failed = [parts, backtests, anomalies].find(({ error }) => error !== undefined);
  return (
    <section class="panel" aria-label={item}>
      <div class="row">
        <ChannelChoice channels={model.channels} channel={channel} choose={setChannel} />
        <fieldset class="checks">
          <legend class="hidden">{words.model.show}</legend>
          <Check label={words.model.backtests} checked={withBacktests} set={setWithBacktests} />
          <Check label={words.model.anomalies} checked={withAnomalies} set={setWithAnomalies} />
        </fieldset>
        {withBacktests && windows && (
          <Origins model={model} origins={windows.map((one) => one.origin)} {...{ origin, setOrigin }} />
        )}
      </div>
      {failed && <Problem error={failed.error} again={failed.again} />}
      {!data && !failed && <Busy />}
      {[backtests, anomalies].some(({ waiting }) => waiting) && data && <Busy />}
      {data && <Chart data={data} height={380} overview initial={firstWindow(data, model.horizon)} />}
      {parts.data && !parts.data.forecasts && (
        <p class="notice notice-warn">
          {words.model.noFuture}{' '}
          <a href={hrefOf({ page: 'what-if', model: model.model, item })}>{words.model.tabs['what-if']}</a>
        </p>
      )}
      {backtests.data && (
        <p class="muted">{backtests.data.honest ? words.model.backtestHonest : words.model.backtestSeen}</p>
      )}
      {unusual && <p class="muted">{anomalyNote(unusual.anomaly.filter(Boolean).length)}</p>}
    </section>
  );

  function anomalyNote(count: number): string {
    return count === 0 ? words.model.anomalyNone : words.model.anomalyCount(formats.whole(count));
  }
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly set: (checked: boolean) => void;
}

const Check = ({ label, checked, set }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => set(event.currentTarget.checked)} />
    {label}
  </label>
);
