import { useMemo } from 'preact/hooks';
import type { Curves } from '../../api/index.ts';
import { Chart, type ChartData, type Line } from '../../charts/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Words } from '../../words/index.ts';

const colours = ['member1', 'member2', 'member3', 'forecast'] as const;

/** The first fits side by side: training loss as lines, that of held-out data dashed. */
export function curvesData({ members }: Curves, words: Words): ChartData {
  const fits = members.filter(({ phase, points }) => phase === 'choose' && points.length > 0);
  const steps = [...new Set(fits.flatMap(({ points }) => points.map(({ step }) => step)))].sort(
    (a, b) => a - b,
  );
  const lines = fits.flatMap(({ member, points }): Line[] => {
    const at = new Map(points.map((point) => [point.step, point]));
    const colour = colours[member % colours.length] ?? 'forecast';
    const number = String(member + 1);
    const values = (of: 'training' | 'validation') => steps.map((step) => at.get(step)?.[of] ?? null);
    const validation = values('validation');
    return [
      { label: words.training.training(number), values: filled(values('training')), colour },
      ...(validation.some((value) => value !== null)
        ? [
            {
              ...{ label: words.training.validation(number), values: filled(validation), colour },
              style: 'dashed' as const,
            },
          ]
        : []),
    ];
  });
  return {
    title: words.training.curves,
    axisLabel: words.training.axis,
    axis: { kind: 'number', values: steps },
    lines,
  };
}

/** Straight lines over the steps of others: each network has looks of its own. */
function filled(values: readonly (number | null)[]): (number | null)[] {
  const result = [...values];
  let last = -1;
  values.forEach((value, i) => {
    if (value === null) return;
    const from = values[last] ?? null;
    for (let k = last + 1; last >= 0 && from !== null && k < i; k++) {
      result[k] = from + ((value - from) * (k - last)) / (i - last);
    }
    last = i;
  });
  return result;
}

export function CurvesChart({ curves }: { readonly curves: Curves }) {
  const { words } = useReading();
  const data = useMemo(() => curvesData(curves, words), [curves, words]);
  if (data.axis.values.length < 2) return <p class="muted">{words.training.noCurves}</p>;
  return <Chart data={data} />;
}
