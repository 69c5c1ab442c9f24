import fc from 'fast-check';
import { kept, panned, showing, type ViewWindow, zoomed } from '../../../web/charts/view-window.ts';

const whole: ViewWindow = { min: -50, max: 1000 };
const place = fc.double({ min: -50, max: 1000, noNaN: true });
const part = fc
  .tuple(place, place)
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
  .filter(({ min, max }) => max - min > 1e-3);
const widthOf = ({ min, max }: ViewWindow) => max - min;

function expectInside({ min, max }: ViewWindow): void {
  expect(min).toBeGreaterThanOrEqual(whole.min - 1e-9);
  expect(max).toBeLessThanOrEqual(whole.max + 1e-9);
}

test('what is seen never leaves the whole, however it is moved', () => {
  fc.assert(
    fc.property(part, fc.double({ min: -9, max: 9, noNaN: true }), place, (seen, by, at) => {
      for (const next of [
        panned(seen, whole, by),
        zoomed(seen, whole, 2 ** by, at),
        showing(seen, whole, at),
      ]) {
        expectInside(next);
      }
      expect(widthOf(panned(seen, whole, by))).toBeCloseTo(widthOf(seen), 6);
      const shown = showing(seen, whole, at);
      expect(at).toBeGreaterThanOrEqual(shown.min - 1e-9);
      expect(at).toBeLessThanOrEqual(shown.max + 1e-9);
    }),
  );
});

test('zooming keeps the middle, or the place that is pointed at, where it is', () => {
  expect(zoomed({ min: 100, max: 300 }, whole, 0.5)).toEqual({ min: 150, max: 250 });
  expect(zoomed({ min: 100, max: 300 }, whole, 0.5, 100)).toEqual({ min: 100, max: 200 });
  expect(zoomed({ min: 100, max: 300 }, whole, 100)).toEqual(whole);
});

test('moving ends at either end, and a place that is seen moves nothing', () => {
  expect(panned({ min: 0, max: 100 }, whole, 0.5)).toEqual({ min: 50, max: 150 });
  expect(panned({ min: 0, max: 100 }, whole, -9)).toEqual({ min: -50, max: 50 });
  expect(showing({ min: 0, max: 100 }, whole, 130)).toEqual({ min: 30, max: 130 });
  const seen = { min: 0, max: 100 };
  expect(showing(seen, whole, 40)).toBe(seen);
  expect(kept({ min: 0, max: 5000 }, whole)).toEqual(whole);
});
