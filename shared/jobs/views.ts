import type { ForecasterSettings, MemberSettings, Mixture, View } from '../model/index.ts';

/** A member by its number among all: views take turns. */
export function memberAt(
  views: readonly ForecasterSettings[],
  index: number,
): { readonly settings: ForecasterSettings; readonly at: number; readonly member: MemberSettings } {
  const settings = views[index % views.length];
  const at = Math.floor(index / views.length);
  const member = settings?.members[at];
  if (!settings || !member) throw new RangeError(`there is no member ${index}`);
  return { settings, at, member };
}

/** Of what all members have, by their numbers, what a view's have. */
export const ofView = <T>(all: readonly T[], view: number, views: number): readonly T[] =>
  all.filter((_, index) => index % views === view);

/** How many members all views have. */
export const countMembers = (views: readonly ForecasterSettings[]): number =>
  views.reduce((sum, { members }) => sum + members.length, 0);

/** The views' members with what each was trained to; `parameters` by their numbers among all. */
export const viewsWith = (
  views: readonly ForecasterSettings[],
  mixture: Mixture | null,
  parameters: readonly Float32Array[],
): readonly View[] =>
  views.map((settings, v) => ({
    settings: { ...settings, mixture },
    parameters: ofView(parameters, v, views.length),
  }));
