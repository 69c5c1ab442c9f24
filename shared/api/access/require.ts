import { Refusal } from '../problem.ts';
import { covers, type Grant } from './access.ts';

/** @throws Refusal where the grant is not for the dataset */
export function requireCovered(grant: Grant, dataset: string): void {
  if (covers(grant, dataset)) return;
  throw new Refusal('FORBIDDEN', {
    rule: `the token must be for this dataset; it is for ${grant.datasets.join(', ') || 'none'}`,
    received: dataset,
    remedy: 'name another dataset, or ask for a token for this one',
  });
}
