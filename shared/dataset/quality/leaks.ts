import { itemKnown, itemLength, itemPast, itemTarget, type Panel } from '../panel/panel.ts';

/** A covariate that gives the target away. */
export interface Leak {
  readonly column: string;
  readonly channel: string;
  /** How many periods later the target is what the covariate is. */
  readonly ahead: number;
  /** The correlation of the two. */
  readonly correlation: number;
}

/** Beyond this a covariate is the target, in other units perhaps. */
const same = 0.9999;
/** Pairs of values at least. */
const fewest = 20;
/** Rows that are looked at: enough to see it. */
const mostRows = 200_000;
const mostAhead = 48;

/**
 * Covariates that are the target, or the target of a later period, up to a factor and a level. A past covariate may
 * well be the target of its own period: it is known only until now.
 */
export function leaksOf(panel: Panel, horizon: number): readonly Leak[] {
  const steps = Math.min(horizon, mostAhead);
  const columns = [
    ...panel.known.names.map((column, c) => ({
      column,
      c,
      width: panel.known.names.length,
      of: itemKnown,
      from: 0,
    })),
    ...panel.past.names.map((column, c) => ({
      column,
      c,
      width: panel.past.names.length,
      of: itemPast,
      from: 1,
    })),
  ];
  return columns.flatMap(({ column, c, width, of, from }) =>
    panel.channels.flatMap((channel, k) => {
      for (let ahead = from; ahead <= steps; ahead++) {
        const pairs = pairsOf(panel, { of, c, width, k, ahead });
        const correlation = correlationOf(pairs);
        if (Math.abs(correlation) > same) return [{ column, channel, ahead, correlation }];
      }
      return [];
    }),
  );
}

interface Pairing {
  readonly of: (panel: Panel, item: number) => Float64Array;
  readonly c: number;
  readonly width: number;
  readonly k: number;
  readonly ahead: number;
}

/** Values of a covariate beside the target's some periods later. */
function pairsOf(panel: Panel, { of, c, width, k, ahead }: Pairing): { x: number[]; y: number[] } {
  const [x, y]: [number[], number[]] = [[], []];
  const channels = panel.channels.length;
  for (let i = 0; i < panel.items.length && x.length < mostRows; i++) {
    const [values, target] = [of(panel, i), itemTarget(panel, i)];
    for (let row = 0; row + ahead < itemLength(panel, i); row++) {
      const a = values[row * width + c] as number;
      const b = target[(row + ahead) * channels + k] as number;
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      x.push(a);
      y.push(b);
    }
  }
  return { x, y };
}

/** Pearson's; 0 where there are too few pairs, or one of the two never changes. */
function correlationOf({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }): number {
  if (x.length < fewest) return 0;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [(x[i] as number) - mx, (y[i] as number) - my];
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
