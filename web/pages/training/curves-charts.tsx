import { useMemo } from 'preact/hooks';
import type { Curves } from '../../api/index.ts';
import { Chart } from '../../charts/index.ts';
import { useReading } from '../../reading/index.ts';
import { curvesData } from './curves-data.ts';

/** How the losses fall: of what the networks learn from, and of what they have not seen. */
export function CurvesCharts({ curves }: { readonly curves: Curves }) {
  const { words } = useReading();
  const charts = useMemo(
    () => (['training', 'validation'] as const).map((loss) => curvesData(curves, loss, words)),
    [curves, words],
  );
  const shown = charts.filter(({ axis }) => axis.values.length > 1);
  if (shown.length === 0) return <p class="muted">{words.training.noCurves}</p>;
  return (
    <>
      <div class="two">
        {shown.map((data) => (
          <div class="panel" key={data.title}>
            <Chart data={data} height={260} />
          </div>
        ))}
      </div>
      <p class="muted">{words.training.curvesText}</p>
    </>
  );
}
