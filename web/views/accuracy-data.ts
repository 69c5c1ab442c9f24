import type { Accuracy } from '../api/index.ts';
import type { ChartData } from '../charts/index.ts';
import type { Formats } from '../format/index.ts';
import type { Words } from '../words/index.ts';

/** How often the truth lay at or below each quantile, beside how often it should. */
export function calibrationData({ calibration }: Accuracy, words: Words): ChartData {
  const levels = calibration.map(({ level }) => level);
  return {
    title: words.model.calibration,
    axisLabel: words.model.level,
    axis: { kind: 'number', values: levels },
    lines: [
      { label: words.model.observedShare, values: calibration.map(({ share }) => share), colour: 'forecast' },
      { label: words.model.ideal, values: levels, colour: 'baseline', style: 'dashed' },
    ],
    unit: 'share',
    include: [0, 1],
  };
}

/** The error by step ahead, beside the seasonal naive's. */
export function errorData({ steps }: Accuracy, words: Words): ChartData {
  return {
    title: words.model.byStep,
    axisLabel: words.model.step,
    axis: { kind: 'number', values: steps.map(({ step }) => step) },
    lines: [
      { label: words.model.error, values: steps.map(({ mae }) => mae), colour: 'forecast' },
      {
        label: words.model.baselineError,
        values: steps.map(({ baselineMae }) => baselineMae),
        ...({ colour: 'baseline', style: 'dashed' } as const),
      },
    ],
    include: [0],
  };
}

const colours = ['member1', 'member2', 'member3'] as const;

/** The share of observations inside each interval, by step ahead. */
export function coverageData({ steps }: Accuracy, words: Words, formats: Formats): ChartData {
  const intervals = steps[0]?.coverage.map(({ interval }) => interval) ?? [];
  const shown = [0.5, 0.8, 0.95].filter((share) => intervals.includes(share));
  const chosen = shown.length > 0 ? shown : intervals.slice(0, colours.length);
  return {
    title: words.model.coverageByStep,
    axisLabel: words.model.step,
    axis: { kind: 'number', values: steps.map(({ step }) => step) },
    lines: chosen.map((interval, i) => ({
      label: formats.share(interval),
      values: steps.map(({ coverage }) => coverage.find((one) => one.interval === interval)?.share ?? null),
      colour: colours[i % colours.length] ?? 'member1',
    })),
    unit: 'share',
    include: [1, ...chosen],
  };
}

/** How large residuals are. */
export function residualData({ residuals: { histogram } }: Accuracy, words: Words): ChartData {
  return {
    title: words.model.residuals,
    axisLabel: words.model.residualsAxis,
    axis: { kind: 'number', values: histogram.map(({ from, to }) => (from + to) / 2) },
    lines: [
      {
        label: words.model.residualsCount,
        values: histogram.map(({ count }) => count),
        ...({ colour: 'forecast', style: 'bars' } as const),
      },
    ],
    include: [0],
  };
}

/** How much residuals of one forecast resemble each other, by how many steps lie between them. */
export function autocorrelationData({ residuals }: Accuracy, words: Words): ChartData {
  const { autocorrelation, bound } = residuals;
  const lags = autocorrelation.map(({ lag }) => lag);
  const flat = (sign: number) => lags.map(() => (bound === null ? null : sign * bound));
  return {
    title: words.model.autocorrelation,
    axisLabel: words.model.lag,
    axis: { kind: 'number', values: lags },
    lines: [
      {
        label: words.model.correlation,
        values: autocorrelation.map(({ value }) => value),
        ...({ colour: 'forecast', style: 'bars' } as const),
      },
    ],
    bands: [{ label: words.model.bound, low: flat(-1), high: flat(1), colour: 'baseline' }],
    include: [0],
  };
}
