/** A coordinate to search along: where to begin, how far to step at first, and what it may be. */
export interface Coordinate {
  readonly start: number;
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

interface Corner {
  readonly x: readonly number[];
  readonly value: number;
}

/** Makes the corner at a point, moved onto the bounds where it lies beyond one (Box 1965). */
type Place = (point: number[]) => Corner;

export interface Patience {
  /** The search ends where the values of all corners lie so close together. */
  readonly tolerance: number;
  /** Or after so many evaluations for each coordinate; a few more to end a round. */
  readonly evaluations: number;
}

/**
 * The least value that a simplex finds (Nelder & Mead 1965, with their coefficients). All lengths come from the
 * given steps, so that the way it takes does not depend on the coordinates' units. A simplex that was flattened on a
 * bound may stop short of the least value there.
 *
 * @param f infinite where a point is no solution
 */
export function nelderMead(
  f: (x: readonly number[]) => number,
  coordinates: readonly Coordinate[],
  { tolerance, evaluations }: Patience,
): readonly number[] {
  const size = coordinates.length;
  let left = evaluations * size;
  const place: Place = (point) => {
    coordinates.forEach(({ low, high }, i) => {
      point[i] = Math.min(Math.max(point[i] as number, low), high);
    });
    left -= 1;
    return { x: point, value: f(point) };
  };
  let corners = firstPoints(coordinates)
    .map(place)
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  const at = (i: number): Corner => corners[i] as Corner;
  while (left > 0 && !(at(size).value - at(0).value < tolerance)) {
    const next = improved(corners, place);
    if (next) insert(corners, next);
    else corners = shrunk(corners, place);
  }
  return at(0).x;
}

/** What replaces the worst corner: its reflection, an expansion or a contraction; null where none is better. */
function improved(corners: readonly Corner[], place: Place): Corner | null {
  const size = corners.length - 1;
  const [best, second, worst] = [corners[0] as Corner, corners[size - 1] as Corner, corners[size] as Corner];
  const centre = centroid(corners, size);
  const along = (distance: number): Corner =>
    place(centre.map((middle, i) => middle + distance * (middle - (worst.x[i] as number))));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const expanded = along(2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

/** Puts a corner where the worst was and moves it up to its place. */
function insert(corners: Corner[], corner: Corner): void {
  let i = corners.length - 1;
  for (; i > 0 && (corners[i - 1] as Corner).value > corner.value; i--) corners[i] = corners[i - 1] as Corner;
  corners[i] = corner;
}

/** Every corner halfway to the best. */
function shrunk(corners: readonly Corner[], place: Place): Corner[] {
  const best = corners[0] as Corner;
  const moved = corners
    .slice(1)
    .map(({ x }) => place(x.map((value, i) => (value + (best.x[i] as number)) / 2)));
  return [best, ...moved].sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** The start, and from there one step along each coordinate: backwards where it would leave the bounds. */
function firstPoints(coordinates: readonly Coordinate[]): number[][] {
  const start = coordinates.map((coordinate) => coordinate.start);
  const moved = coordinates.map(({ start: from, step, high }, i) =>
    start.with(i, from + step > high ? from - step : from + step),
  );
  return [start, ...moved];
}

/** The mean of all corners but the worst. */
function centroid(corners: readonly Corner[], size: number): number[] {
  const centre: number[] = new Array(size).fill(0);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++)
      centre[k] = (centre[k] as number) + ((corners[i] as Corner).x[k] as number) / size;
  return centre;
}
