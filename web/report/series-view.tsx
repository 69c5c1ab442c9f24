import { useMemo } from 'preact/hooks';
import type { Model } from '../api/index.ts';
import { Chart } from '../charts/index.ts';
import { useReading } from '../reading/index.ts';
import { firstWindow, forecastData, ItemScoresTable, intervalsOf } from '../views/index.ts';
import type { ReportSeries } from './report-data.ts';

interface SeriesViewProps {
  readonly model: Model;
  readonly series: ReportSeries;
}

/** One series: history, forecast, the backtest's windows, its own scores. */
export function SeriesView({ model, series }: SeriesViewProps) {
  const { words, formats } = useReading();
  const { item, channel, forecast, windows, scores } = series;
  const title = model.channels.length > 1 ? `${item}, ${channel}` : item;
  const data = useMemo(
    () =>
      forecastData(
        {
          ...{ title: words.model.chart(title), frequency: model.frequency, timezone: model.timezone },
          ...{ intervals: intervalsOf(model.quantiles), history: historyOf(series), forecast },
          backtests: windows,
        },
        words,
        formats,
      ),
    [model, series, title, forecast, windows, words, formats],
  );
  return (
    <section class="panel" aria-label={title}>
      <Chart data={data} overview initial={firstWindow(data, model.horizon)} />
      {series.history && !forecast && <p class="muted">{words.report.noForecast}</p>}
      {windows.length > 0 && <p class="muted">{words.model.backtestHonest}</p>}
      {scores ? <ItemScoresTable scores={scores} /> : <p class="muted">{words.model.notScored}</p>}
    </section>
  );
}

/** What is stored; else what the windows say came. */
const historyOf = ({ history, windows }: ReportSeries) =>
  history ?? {
    timestamps: windows.flatMap(({ timestamps }) => timestamps),
    values: windows.flatMap(({ observed }) => observed),
  };
