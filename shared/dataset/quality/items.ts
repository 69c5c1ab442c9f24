import { itemEnd, itemLength, itemTarget, type Panel } from '../panel/panel.ts';

/** Items that a forecaster has a harder time with. */
export interface ItemKinds {
  /** More than half of what was observed of them is zero, and not all. */
  readonly intermittentItems: number;
  /** Too short to be trained on with the suggested horizon; they are forecast by what others taught. */
  readonly shortItems: number;
  /** They ended more than the suggested horizon before the table did. */
  readonly endedItems: number;
  /** Those with the most missing values, the most first. */
  readonly mostMissing: readonly { readonly item: string; readonly missing: number }[];
}

/** Items that are named. */
const named = 5;

export function itemKinds(panel: Panel, horizon: number): ItemKinds {
  const { items } = panel;
  const last = items.reduce((most, _, i) => Math.max(most, itemEnd(panel, i)), Number.NEGATIVE_INFINITY);
  const found = { intermittentItems: 0, shortItems: 0, endedItems: 0 };
  const missing: { item: string; missing: number }[] = [];
  items.forEach((item, i) => {
    let [absent, zeros, observed] = [0, 0, 0];
    const target = itemTarget(panel, i);
    for (let at = 0; at < target.length; at++) {
      const value = target[at] as number;
      if (Number.isNaN(value)) absent++;
      else observed++;
      if (value === 0) zeros++;
    }
    if (zeros > observed / 2 && zeros < observed) found.intermittentItems++;
    if (itemLength(panel, i) < horizon + 3) found.shortItems++;
    if (last - itemEnd(panel, i) > horizon) found.endedItems++;
    if (absent > 0) missing.push({ item, missing: absent });
  });
  const mostMissing = missing.sort((a, b) => b.missing - a.missing).slice(0, named);
  return { ...found, mostMissing };
}
