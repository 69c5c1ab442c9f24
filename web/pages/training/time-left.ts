import type { Job } from '../../api/index.ts';

/** The share of its steps that a network has made in the part of the work that it is in. */
const shareOf = ({ phase, step, steps }: Job['members'][number]): number => {
  if (phase === 'waiting') return 0;
  return phase === 'done' ? 1 : steps > 0 ? step / steps : 0;
};

/** How much of the second fit's time the first takes: it makes about a third of its steps, on all data. */
const chooseShare = 0.75;

/** How far the networks are, 0..1: each learns first, then once more with the newest data. */
export function trainedShare(members: Job['members']): number {
  if (members.length === 0) return 0;
  const all = members.map((member) => {
    const share = shareOf(member);
    if (member.phase === 'choose') return chooseShare * share;
    return member.phase === 'refit' ? chooseShare + (1 - chooseShare) * share : share;
  });
  return all.reduce((sum, share) => sum + share, 0) / all.length;
}

/** A moment of the training, as it was seen by the page. */
export interface Seen {
  /** Milliseconds. */
  readonly at: number;
  readonly share: number;
}

/** Seconds that the networks still need by the pace since the first moment seen; null where it is not known yet. */
export function secondsLeft(first: Seen | null, now: Seen): number | null {
  const gained = now.share - (first?.share ?? now.share);
  if (!first || gained < 0.02) return null;
  return (((now.at - first.at) / gained) * (1 - now.share)) / 1000;
}
