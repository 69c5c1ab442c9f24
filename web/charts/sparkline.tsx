import type { Values } from './chart-data.ts';

/** A line through values, as the path of an SVG; gaps stay open. */
export function linePath(values: Values, width: number, height: number): string {
  const present = values.filter((value) => value !== null);
  const [min, max] = [Math.min(...present), Math.max(...present)];
  const room = 0.08 * height;
  const y = (value: number) => height - room - ((value - min) / (max - min || 1)) * (height - 2 * room);
  let begun = false;
  return values
    .map((value, i) => {
      if (value === null) {
        begun = false;
        return '';
      }
      const command = begun ? 'L' : 'M';
      begun = true;
      return `${command}${((i * width) / Math.max(values.length - 1, 1)).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}

/** A small picture of a series; what it says stands beside it in words. */
export function Sparkline({ values }: { readonly values: Values }) {
  return (
    <svg class="sparkline" viewBox="0 0 240 48" preserveAspectRatio="none" aria-hidden="true">
      <path d={linePath(values, 240, 48)} />
    </svg>
  );
}
