import { useState } from 'preact/hooks';
import { useReading } from '../reading/index.ts';
import type { ChartData } from './chart-data.ts';
import { placeOf } from './readout.tsx';

const perPage = 100;

/** The chart as a table, made when it is opened, a page at a time, the newest page first. */
export function ChartTable({ data }: { readonly data: ChartData }) {
  const { words } = useReading();
  const [open, setOpen] = useState(false);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.chart.table}</summary>
      {open && <Rows data={data} />}
    </details>
  );
}

function Rows({ data }: { readonly data: ChartData }) {
  const { words, formats } = useReading();
  const count = data.axis.values.length;
  const pages = Math.max(1, Math.ceil(count / perPage));
  const [page, setPage] = useState(pages - 1);
  const at = Math.min(page, pages - 1);
  const from = at * perPage;
  const rows = Array.from({ length: Math.min(perPage, count - from) }, (_, i) => from + i);
  const number = data.unit === 'share' ? formats.share : formats.number;
  const columns = [
    ...data.lines.map(({ label, values }) => ({ label, values })),
    ...(data.bands ?? []).flatMap(({ label, low, high }) => [
      { label: words.chart.low(label), values: low },
      { label: words.chart.high(label), values: high },
    ]),
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys */}
      <section class="scroll" tabIndex={0} aria-label={data.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{data.axisLabel}</th>
              {columns.map(({ label }) => (
                <th key={label} scope="col" class="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{placeOf(data, row, formats)}</th>
                {columns.map(({ label, values }) => (
                  <td key={label} class="number">
                    {number(values[row] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && (
        <p class="pager">
          <button type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            {words.chart.rowsBefore}
          </button>
          <span>{words.chart.page(at + 1, pages)}</span>
          <button type="button" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            {words.chart.rowsAfter}
          </button>
        </p>
      )}
    </>
  );
}
