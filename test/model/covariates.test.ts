import type { Session } from '../../shared/graph/index.ts';
import {
  ask,
  column,
  distance,
  openForecaster,
  type Rows,
  seasonal,
  tinySettings,
} from '../support/forecaster.ts';

const settings = tinySettings({ known: 2 });
const { context } = settings;
const nan = Number.NaN;
const history = column(seasonal(context));
const covariates: Rows = seasonal(context + 3, 8).map((value, i) => [value, i % 2]);
let session: Session;

beforeAll(async () => {
  session = await openForecaster(settings);
});
afterAll(() => session.release());

const withKnown = (known: Rows, rows: Rows = history) => ask(session, [rows], { known: [known] });

test('a forecaster with known covariates asks for them', () => {
  expect(session.inputs).toEqual(['history', 'start', 'known']);
});

test.each([0, 1])('the coming values of known covariate %p change the forecast', async (k) => {
  const expected = await withKnown(covariates);
  for (let ahead = 1; ahead <= 3; ahead++) {
    const changed = covariates.map((row, t) =>
      row.map((value, i) => (i === k && t === context + ahead - 1 ? value + 1 : value)),
    );
    expect(distance(await withKnown(changed), expected)).toBeGreaterThan(1e-3);
  }
});

test('a known covariate in other units or on another level changes nothing, within 1e-5 of the width', async () => {
  const expected = await withKnown(covariates);
  for (const change of [
    (value: number) => 1e-6 * value,
    (value: number) => 1e9 * value,
    (v: number) => v + 1e6,
  ]) {
    const found = await withKnown(covariates.map((row) => row.map(change)));
    expect(distance(found, expected)).toBeLessThan(1e-5);
  }
});

test('neither padding on the left nor what came before the context changes a forecast with covariates', async () => {
  const short = [history.slice(4), covariates.slice(4)] as const;
  const expected = await ask(session, [short[0]], { starts: [4], known: [short[1]] });
  const none: Rows = Array.from({ length: 9 }, () => [nan, nan]);
  const padded = await ask(session, [[...column(Array<number>(9).fill(nan)), ...short[0]]], {
    starts: [4 - 9],
    known: [[...none, ...short[1]]],
  });
  expect(padded).toEqual(expected);
  const newest = await withKnown(covariates);
  const longer = await ask(session, [[[1e12], [nan], ...history]], {
    starts: [-2],
    known: [[[5, nan], [1e12, -1e12], ...covariates]],
  });
  expect(longer).toEqual(newest);
});

test.each([
  ['missing', [nan, nan]],
  ['constant', [7, 0]],
  ['huge', [1e300, -1e300]],
] as const)('covariates that are all %s give a finite forecast', async (_, row) => {
  for (const ahead of [row, [1, nan]]) {
    const known = covariates.map((_row, t) => (t < context ? row : ahead));
    const { quantiles, mean } = await withKnown(known);
    expect([...quantiles, ...mean].every(Number.isFinite)).toBe(true);
  }
});
