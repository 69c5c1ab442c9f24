import type { Formats } from '../../format/index.ts';

/** −0.05 as −5 %, 0.05 as +5 %. */
export function signedShare(share: number, formats: Pick<Formats, 'share'>): string {
  const text = formats.share(Math.abs(share));
  // What is rounded to nothing has no sign.
  if (text === formats.share(0)) return text;
  return `${share < 0 ? '−' : '+'}${text}`;
}
