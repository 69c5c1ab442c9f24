import type { Curves } from '../../api/index.ts';
import type { ChartData, Line, Values } from '../../charts/index.ts';
import type { Words } from '../../words/index.ts';

type Loss = 'training' | 'validation';

const colours = ['member1', 'member2', 'member3', 'observed'] as const;

/** The loss of each network's first fit by its steps. */
export function curvesData({ members }: Curves, loss: Loss, words: Words): ChartData {
  const fits = members.map(({ member, phase, points }) => ({
    member,
    points: phase === 'choose' ? points.filter((point) => point[loss] !== null) : [],
  }));
  const steps = [...new Set(fits.flatMap(({ points }) => points.map(({ step }) => step)))];
  steps.sort((a, b) => a - b);
  const lines = fits.flatMap(({ member, points }): Line[] => {
    if (points.length === 0) return [];
    const at = new Map(points.map((point) => [point.step, point[loss]]));
    return [
      {
        label: words.training.network(String(member + 1)),
        values: bridged(steps.map((step) => at.get(step) ?? null)),
        colour: colours[member % colours.length] ?? 'observed',
        // Of more networks than colours the next ones are dashed.
        ...(member >= colours.length && { style: 'dashed' as const }),
      },
    ];
  });
  return {
    title: loss === 'training' ? words.training.curves : words.training.validationCurves,
    axisLabel: words.training.axis,
    axis: { kind: 'number', values: steps },
    lines,
  };
}

/** Straight lines over the steps at which only others have a value. */
function bridged(values: Values): Values {
  const result = [...values];
  let last = -1;
  values.forEach((value, i) => {
    if (value === null) return;
    const from = values[last] ?? null;
    for (let k = last + 1; from !== null && k < i; k++) {
      result[k] = from + ((value - from) * (k - last)) / (i - last);
    }
    last = i;
  });
  return result;
}
