/** The part of an axis that is seen, from first to last. */
export interface ViewWindow {
  readonly min: number;
  readonly max: number;
}

/** All places of an axis; a single one with room around it. */
export function wholeOf(places: readonly number[]): ViewWindow {
  const [min, max] = [places[0] ?? 0, places.at(-1) ?? 1];
  return min === max ? { min: min - 0.5, max: max + 0.5 } : { min, max };
}

/** `within`, moved and cut so that it lies inside `whole`. */
export function kept(within: ViewWindow, whole: ViewWindow): ViewWindow {
  const width = Math.min(within.max - within.min, whole.max - whole.min);
  const min = Math.min(Math.max(within.min, whole.min), whole.max - width);
  return { min, max: min + width };
}

/** Half, or twice, as much around the middle; or around `about`, which stays where it is. */
export function zoomed(
  seen: ViewWindow,
  whole: ViewWindow,
  factor: number,
  about: number = (seen.min + seen.max) / 2,
): ViewWindow {
  return kept({ min: about - (about - seen.min) * factor, max: about + (seen.max - about) * factor }, whole);
}

/** Moved by a share of what is seen: −0.5 is half of it back. */
export function panned(seen: ViewWindow, whole: ViewWindow, share: number): ViewWindow {
  const by = share * (seen.max - seen.min);
  return kept({ min: seen.min + by, max: seen.max + by }, whole);
}

/** Moved as little as shows a place. */
export function showing(seen: ViewWindow, whole: ViewWindow, place: number): ViewWindow {
  if (place >= seen.min && place <= seen.max) return seen;
  const by = place < seen.min ? place - seen.min : place - seen.max;
  return kept({ min: seen.min + by, max: seen.max + by }, whole);
}
