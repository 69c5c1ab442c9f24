import { ConfigurationError, show } from '../errors/index.ts';

/**
 * The learning rate over the steps. `rate` is its largest value; `warmup` the share of the steps over which it
 * rises (constant and cosine: linearly from 0).
 */
export type Schedule =
  | { readonly kind: 'constant'; readonly rate: number; readonly warmup?: number }
  | { readonly kind: 'cosine'; readonly rate: number; readonly warmup?: number }
  | { readonly kind: 'oneCycle'; readonly rate: number; readonly warmup?: number };

/** @throws ConfigurationError for a rate that is not above 0, or a warm-up outside 0..1 */
export function checkSchedule({ rate, warmup = 0 }: Schedule): void {
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw new ConfigurationError({
      rule: 'the learning rate must be a number above 0',
      received: show(rate),
      remedy: 'try 0.001',
    });
  }
  if (!(warmup >= 0 && warmup < 1)) {
    throw new ConfigurationError({
      rule: 'warmup is a share of the steps, at least 0 and below 1',
      received: show(warmup),
      remedy: 'try 0.05',
    });
  }
}

/**
 * The learning rate of one step.
 *
 * @param step from 1 to `steps`
 */
export function learningRate(schedule: Schedule, step: number, steps: number): number {
  const { rate } = schedule;
  if (schedule.kind === 'oneCycle') return oneCycle(rate, schedule.warmup ?? 0.3, step, steps);
  const rising = (schedule.warmup ?? 0) * steps;
  if (step < rising) return (rate * step) / rising;
  if (schedule.kind === 'constant') return rate;
  return between(rate, 0, (step - rising) / Math.max(steps - rising, 1));
}

/** Smith & Topin (2019), with cosine ramps: from rate/25 up to the rate, then down to rate/250,000. */
function oneCycle(rate: number, warmup: number, step: number, steps: number): number {
  const rising = warmup * steps;
  if (step < rising) return between(rate / 25, rate, step / rising);
  return between(rate, rate / 250_000, (step - rising) / Math.max(steps - rising, 1));
}

/** Half a cosine wave from one value to another (Loshchilov & Hutter 2017, equation 5). */
const between = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(share, 1)))) / 2;
