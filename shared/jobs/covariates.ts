import type { BundleInput } from '../bundle/index.ts';
import type { Panel, StaticCovariate } from '../dataset/index.ts';
import type { StaticFeature } from '../model/index.ts';
import type { Plan } from './plan-document.ts';

/** Fewer items than these say nothing about what their static covariates mean. */
const fewestItems = 8;
/** Values of a category that are told apart at most: the most frequent ones. */
const mostValues = 32;

/** Which covariates beside the known ones there are to read, by rule; the holdout may switch them off. */
export function covariateRule(panel: Panel): Pick<Plan, 'pastNames' | 'staticNames' | 'statics' | 'reads'> {
  const statics = panel.items.length >= fewestItems ? panel.statics.flatMap(featureOf) : [];
  return {
    pastNames: [...panel.past.names],
    staticNames: panel.statics.map(({ name }) => name),
    statics: statics.map((one) => (one.kind === 'category' ? { ...one, values: [...one.values] } : one)),
    reads: { past: true, statics: true },
  };
}

/** None where it does not tell items apart: a number that all share, a category of values that no two items have. */
function featureOf(covariate: StaticCovariate): readonly StaticFeature[] {
  const { name } = covariate;
  if (covariate.kind === 'category') {
    const values = sharedValues(covariate.values);
    return values.length > 1 ? [{ name, kind: 'category', values }] : [];
  }
  const numbers = covariate.values.flatMap((value) => value ?? []);
  const mean = numbers.reduce((sum, value) => sum + value / numbers.length, 0);
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2 / numbers.length, 0);
  const deviation = Math.sqrt(variance);
  return deviation > 1e-9 * Math.abs(mean) ? [{ name, kind: 'number', mean, deviation }] : [];
}

/** The values that two items or more have, the most frequent first. */
function sharedValues(values: readonly (string | null)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostValues)
    .map(([value]) => value);
}

/** The covariates as `bundle.json` lists them: those that the graph reads. */
export function covariatesOf(plan: Plan): BundleInput['covariates'] {
  const { knownNames, pastNames, staticNames, reads } = plan;
  const statics = reads.statics ? plan.statics : [];
  const past = reads.past ? pastNames : [];
  const read = new Set([...past, ...statics.map(({ name }) => name)]);
  const unused = [...pastNames, ...staticNames].filter((name) => !read.has(name));
  return {
    known: knownNames,
    past,
    static: statics.map((one) =>
      one.kind === 'number' ? { name: one.name, kind: one.kind } : { ...one, values: [...one.values] },
    ),
    ...(unused.length > 0 && { unused }),
  };
}
