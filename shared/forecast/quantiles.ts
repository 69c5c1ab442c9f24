import { show } from '../errors/index.ts';
import { RequestError } from './errors.ts';

/**
 * How each wanted level is made from the trained ones: `share` of the way from level `below` to the next.
 */
interface Place {
  readonly below: number;
  readonly share: number;
}

/**
 * Reads quantiles at other levels by straight lines between the trained ones, which keeps them rising.
 *
 * @param trained rising levels
 * @param wanted levels between the first and the last of them
 * @returns from a row of trained quantiles to a row of wanted ones
 * @throws RequestError for a level beyond the trained ones, or wanted levels that do not rise
 */
export function levelReader(
  trained: readonly number[],
  wanted: readonly number[],
): (row: ArrayLike<number>) => number[] {
  const places = wanted.map((level, i) => {
    if (i > 0 && !(level > (wanted[i - 1] ?? level))) throw unreadable(trained, wanted, 'rise');
    return placeOf(trained, level) ?? fail(trained, wanted);
  });
  return (row) =>
    places.map(({ below, share }) => {
      const low = row[below] ?? Number.NaN;
      return share === 0 ? low : low + share * ((row[below + 1] ?? Number.NaN) - low);
    });
}

function placeOf(trained: readonly number[], level: number): Place | null {
  const above = trained.findIndex((known) => known >= level);
  if (above < 0) return null;
  const upper = trained[above] ?? level;
  if (upper === level) return { below: above, share: 0 };
  const lower = trained[above - 1];
  return lower === undefined ? null : { below: above - 1, share: (level - lower) / (upper - lower) };
}

function fail(trained: readonly number[], wanted: readonly number[]): never {
  throw unreadable(
    trained,
    wanted,
    `lie within ${trained[0]}..${trained.at(-1)}, the levels the model was trained for`,
  );
}

const unreadable = (trained: readonly number[], wanted: readonly number[], rule: string) =>
  new RequestError({
    rule: `quantile levels must ${rule}`,
    received: show(wanted),
    remedy: `ask for rising levels among or between ${trained.join(', ')}, or train with more`,
  });
