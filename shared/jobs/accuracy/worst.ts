import type { SeriesScores } from '../../bundle/index.ts';

/** Series that are listed. */
const most = 1000;

/** Keeps the worst of very many series: no more than twice as many as are listed are held at a time. */
export function worstSeries() {
  let held: SeriesScores[] = [];
  const cut = () => {
    held = held.sort(worseFirst).slice(0, most);
  };
  return {
    add(one: SeriesScores): void {
      held.push(one);
      if (held.length === 2 * most) cut();
    },
    result(): SeriesScores[] {
      cut();
      return held;
    },
  };
}

const worseFirst = (a: SeriesScores, b: SeriesScores): number =>
  rank(b) - rank(a) || compare(a.item, b.item) || compare(a.channel, b.channel);

/** One that has no MASE is no worse than any. */
const rank = ({ mase }: SeriesScores): number => mase ?? -1;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
