import {
  anchorFrequency,
  parseFrequency,
  periodIndex,
  timestampOf,
} from '../../../shared/frequency/index.ts';
import type { Item, Model } from '../../api/answers.ts';
import { timeOf } from '../../format/index.ts';
import { observedPeriods } from './history.ts';

/**
 * When the steps ahead begin, in milliseconds UTC. A frequency's text does not hold at which phase periods begin: the
 * item's own timestamps tell.
 */
export function stepTimes(
  { timestamps, target }: Pick<Item, 'timestamps' | 'target'>,
  { frequency: text, horizon }: Pick<Model, 'frequency' | 'horizon'>,
): number[] {
  const times = timestamps.slice(0, observedPeriods(target)).map(timeOf);
  const frequency = anchorFrequency(parseFrequency(text), [times]);
  const last = periodIndex(frequency, times.at(-1) ?? 0);
  return Array.from({ length: horizon }, (_, step) => timestampOf(frequency, last + 1 + step));
}
