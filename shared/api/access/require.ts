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

/** Of a request that shows no token that is known. */
export const notKnown = (authorization: string | undefined): Refusal =>
  new Refusal('UNAUTHENTICATED', {
    rule: 'this needs a token that is known',
    received: shownInstead(authorization),
    remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
  });

function shownInstead(authorization: string | undefined): string {
  if (!authorization) return 'none';
  return /^bearer /i.test(authorization) ? 'one that is not' : 'another scheme than Bearer';
}
