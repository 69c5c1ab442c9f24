import { add, mul, type Value } from '../../graph/index.ts';
import type { ForecasterSettings } from './settings.ts';

/**
 * What views expect together, in the data's units: their mean, each weighing as many as it has members.
 *
 * @param expected one for each view, of one shape
 */
export function together(
  views: readonly Pick<ForecasterSettings, 'members'>[],
  expected: readonly Value[],
): Value {
  const all = views.reduce((sum, { members }) => sum + members.length, 0);
  return expected
    .map((value, v) => mul(value, (views[v]?.members.length ?? 0) / all))
    .reduce((a, b) => add(a, b));
}
