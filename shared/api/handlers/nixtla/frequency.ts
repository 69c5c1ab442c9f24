import { show } from '../../../errors/index.ts';
import {
  type Frequency,
  measureOf,
  periodLength,
  printFrequency,
  type Unit,
} from '../../../frequency/index.ts';
import { Refusal } from '../../problem.ts';

/** How pandas, in its old and its new spelling, and polars call our units; `m` is polars' minute. */
const units: Readonly<Record<string, Unit>> = {
  ...{ s: 'second', S: 'second', min: 'minute', T: 'minute', t: 'minute', m: 'minute' },
  ...{ h: 'hour', H: 'hour', D: 'day', d: 'day', B: 'businessDay', W: 'week', w: 'week' },
  ...{ MS: 'month', ME: 'month', M: 'month', mo: 'month', QS: 'quarter', QE: 'quarter', Q: 'quarter' },
  ...{ q: 'quarter', YS: 'year', YE: 'year', Y: 'year', y: 'year', AS: 'year', A: 'year' },
};

/**
 * Where periods begin (`W-SUN`, `ME`) is not compared: the series' timestamps must be the model's anyway.
 *
 * @throws Refusal where a frequency, as pandas spells it, is not of the model's length
 */
export function checkFrequency(model: Frequency, text: string): void {
  const [, digits = '', name = ''] = /^(\d*)([A-Za-z]+)(-[A-Z]{3})?$/.exec(text) ?? [];
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  const period = unit && { unit, multiple: digits === '' ? 1 : Number(digits) };
  if (period && measureOf(period) === measureOf(model) && periodLength(period) === periodLength(model)) {
    return;
  }
  throw new Refusal(
    'FREQUENCY',
    {
      rule: `freq must be as long as the model's: ${printFrequency(model)}`,
      received: show(text),
      remedy: 'send series of this frequency, or name a model of theirs',
    },
    { path: 'freq' },
  );
}
