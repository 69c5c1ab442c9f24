import { useMemo } from 'preact/hooks';
import type { Accuracy } from '../api/index.ts';
import { Chart } from '../charts/index.ts';
import { useReading } from '../reading/index.ts';
import {
  autocorrelationData,
  calibrationData,
  coverageData,
  errorData,
  residualData,
} from './accuracy-data.ts';

/** What a backtest shows of a model: calibration, error and coverage by step, residuals. */
export function AccuracyCharts({ accuracy }: { readonly accuracy: Accuracy }) {
  const { words, formats } = useReading();
  const charts = useMemo(
    () => [
      calibrationData(accuracy, words),
      errorData(accuracy, words),
      coverageData(accuracy, words, formats),
      residualData(accuracy, words),
      autocorrelationData(accuracy, words),
    ],
    [accuracy, words, formats],
  );
  const { mean, deviation } = accuracy.residuals;
  return (
    <>
      <div class="two">
        {charts
          .filter(({ axis }) => axis.values.length > 1)
          .map((data) => (
            <div class="panel" key={data.title}>
              <Chart data={data} height={240} />
            </div>
          ))}
      </div>
      <p class="muted">{words.model.residualsText(formats.number(mean), formats.number(deviation))}</p>
    </>
  );
}
