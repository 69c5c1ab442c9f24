import { ReadingContext, ReadingTools, useReading, useReadingChoice } from '../reading/index.ts';
import { About, AccuracyCharts, MetricsTable } from '../views/index.ts';
import type { Report } from './report-data.ts';
import { SeriesView } from './series-view.tsx';

/** A model on one page that needs nothing but itself. */
export function ReportPage({ report }: { readonly report: Report }) {
  const { reading, choice } = useReadingChoice();
  return (
    <ReadingContext.Provider value={reading}>
      <header class="top">
        <span class="brand">Tidecast</span>
        <div class="top-tools">
          <ReadingTools {...choice} />
        </div>
      </header>
      <main>
        <Content report={report} />
      </main>
    </ReadingContext.Provider>
  );
}

function Content({ report: { model, accuracy, series } }: { readonly report: Report }) {
  const { words } = useReading();
  return (
    <>
      <h1>{words.report.title(model.model)}</h1>
      <About model={model} />
      <section aria-labelledby="accuracy">
        <h2 id="accuracy">{words.model.accuracy}</h2>
        <p class="muted">{words.model.accuracyLead}</p>
        {model.metrics && (
          <div class="panel">
            <MetricsTable metrics={model.metrics} />
          </div>
        )}
        {accuracy ? <AccuracyCharts accuracy={accuracy} /> : <p class="muted">{words.model.noAccuracy}</p>}
      </section>
      {series.length > 0 && <h2>{words.model.items}</h2>}
      {series.map((one) => (
        <SeriesView key={`${one.item} ${one.channel}`} model={model} series={one} />
      ))}
    </>
  );
}
