import { planBacktest } from '../../shared/evaluate/index.ts';

const plan = (lengths: number[], horizon: number, season: number, windows?: number) =>
  planBacktest({ lengths, horizon, season, ...(windows === undefined ? {} : { windows }) });

test('a long series gets eight windows side by side at its end: four to calibrate, then four to report', () => {
  expect(plan([1344], 24, 24)).toEqual([
    { fit: 1152, calibrate: [1151, 1175, 1199, 1223], report: [1247, 1271, 1295, 1319] },
  ]);
});

test('by default the windows take at most a quarter of a series, and the odd one is reported', () => {
  expect(plan([144], 12, 12)).toEqual([{ fit: 108, calibrate: [107], report: [119, 131] }]);
});

test('a series shorter than four horizons gets one window where 2·season, a horizon and 3 values remain', () => {
  expect(plan([14, 12, 11], 6, 1)).toEqual([
    { fit: 8, calibrate: [], report: [7] },
    { fit: 6, calibrate: [], report: [5] },
    { fit: 11, calibrate: [], report: [] },
  ]);
  expect(plan([42, 41], 18, 12).map(({ fit }) => fit)).toEqual([24, 41]);
});

test('a wanted number of windows may take more than a quarter, short series get fewer', () => {
  const wanted = plan([100, 40, 25], 10, 4, 5);
  expect(wanted.map(({ calibrate, report }) => calibrate.length + report.length)).toEqual([5, 3, 1]);
});

test('of twenty or more series with one window every second one calibrates', () => {
  const windows = plan(Array(21).fill(20), 6, 1);
  expect(windows.map(({ calibrate }) => calibrate.length)).toEqual(
    Array.from({ length: 21 }, (_, i) => i % 2),
  );
  expect(windows.every(({ calibrate, report }) => calibrate.length + report.length === 1)).toBe(true);
});

test('no window is both chosen by and reported, none reaches into the values to fit on or beyond the end', () => {
  const lengths = Array.from({ length: 200 }, (_, i) => i);
  plan(lengths, 7, 4).forEach(({ fit, calibrate, report }, i) => {
    const origins = [...calibrate, ...report];
    expect(origins).toEqual(origins.map((_, k) => fit - 1 + 7 * k));
    expect(fit + 7 * origins.length).toBe(i);
  });
});

test('horizon, season and number of windows are checked', () => {
  expect(() => plan([50], 0, 1)).toThrow('a horizon is a whole number of steps, at least 1, got 0');
  expect(() => plan([50], 1, 0)).toThrow('a season is a whole number of periods');
  expect(() => plan([50], 1, 1, 0)).toThrow('the number of backtest windows is whole and at least 1, got 0');
});
