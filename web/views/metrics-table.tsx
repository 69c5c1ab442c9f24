import type { Model } from '../api/index.ts';
import { useReading } from '../reading/index.ts';

type Metrics = NonNullable<Model['metrics']>;

/** In the order of the table; what a model does not have is left out. */
const shown = ['mase', 'wql', 'smape', 'wape', 'rmse', 'bias'];

/** A model's metrics beside those of simple methods on the same windows; the best of each is marked. */
export function MetricsTable({ metrics }: { readonly metrics: Metrics }) {
  const { words, formats } = useReading();
  const rows = [
    { name: words.model.tidecast, scores: metrics.scores },
    ...Object.entries(metrics.baselines).map(([name, scores]) => ({
      name: words.model.baselines[name] ?? name,
      scores,
    })),
  ];
  const coverages = Object.keys(metrics.scores).filter((name) => name.startsWith('coverage'));
  const columns = [...shown.filter((name) => name in metrics.scores), ...coverages];
  const bestOf = (name: string) =>
    Math.min(...rows.map(({ scores }) => scores[name] ?? Number.POSITIVE_INFINITY));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys
    <section class="scroll" tabIndex={0} aria-label={words.model.accuracy}>
      <table class="metrics">
        <thead>
          <tr>
            <th scope="col">{words.model.metric}</th>
            {columns.map((name) => (
              <th key={name} scope="col" class="number">
                {titleOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, scores }, i) => (
            <tr key={name} class={i === 0 ? 'own' : undefined}>
              <th scope="row">{name}</th>
              {columns.map((column) => {
                const value = scores[column] ?? null;
                const best = lowerIsBetter(column) && value === bestOf(column);
                return (
                  <td key={column} class="number">
                    {best ? <b>{textOf(column, value)}</b> : textOf(column, value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

  function titleOf(name: string): string {
    if (!name.startsWith('coverage')) return words.model.metrics[name] ?? name;
    return words.model.coverage(formats.share(Number(name.slice('coverage'.length)) / 100));
  }

  function textOf(name: string, value: number | null): string {
    return name.startsWith('coverage') ? formats.share(value) : formats.number(value);
  }
}

const lowerIsBetter = (name: string): boolean => name !== 'bias' && !name.startsWith('coverage');
