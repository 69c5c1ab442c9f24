import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreBaseline } from '../../bench/accuracy/baselines.ts';
import {
  joinSets,
  noFigures,
  type Result,
  scoredLevels,
  scoreForecasts,
} from '../../bench/accuracy/figures.ts';
import { historiesOf, holdOut } from '../../bench/accuracy/held-out.ts';
import { rowsOf } from '../../bench/accuracy/rows.ts';
import { type AccuracySet, earlierSet, someOf } from '../../bench/accuracy/sets.ts';
import { forecastBaseline } from '../../shared/evaluate/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Days of item `a` (24) and `b` (12): two windows of three days are held out, one in an earlier part. */
const set: AccuracySet = {
  name: 'days',
  configuration: { horizon: 3 },
  season: 1,
  header: 'item_id,timestamp,target',
  items: [
    ['a', 24],
    ['b', 12],
  ].map(([item, rows]) =>
    Array.from({ length: Number(rows) }, (_, day) => {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      return `${item},${date},${day * day}`;
    }),
  ),
  heldOut: 6,
  fold: 3,
};

const lengths = ({ items }: AccuracySet) => items.map((lines) => lines.length);

describe('an earlier part', () => {
  test('a fold of 0 is the set itself', () => {
    expect(earlierSet(set, 0)).toBe(set);
  });

  test('fold 1 ends where the test part begins, fold 2 a part before; both hold out the smaller part', () => {
    expect([1, 2].map((fold) => lengths(earlierSet(set, fold)))).toEqual([[18, 6], [15]]);
    expect([1, 2].map((fold) => earlierSet(set, fold).heldOut)).toEqual([3, 3]);
  });

  test('some of the items are taken evenly', () => {
    const many = { ...set, items: Array.from({ length: 10 }, (_, i) => [`${i}`]) };
    expect(someOf(many, 5).items.flat()).toEqual(['0', '2', '4', '6', '8']);
    expect(someOf(many, 10).items).toHaveLength(10);
  });
});

describe('holding out', () => {
  test('the training file lacks the held out rows, windows follow one another after it', async () => {
    const held = await holdOut(set, folder);
    const training = readFileSync(held.training, 'utf8').split('\n').slice(1);
    expect(training).toEqual(set.items.flatMap((lines) => lines.slice(0, -6)));
    expect(held.windows.map(({ series, origin }) => [series.item, origin])).toEqual([
      ['a', 17],
      ['a', 20],
      ['b', 5],
      ['b', 8],
    ]);
    expect(historiesOf(held).map(({ training: history, target }) => [history.length, [...target]])).toEqual([
      [18, [18 ** 2, 19 ** 2, 20 ** 2]],
      [21, [21 ** 2, 22 ** 2, 23 ** 2]],
      [6, [6 ** 2, 7 ** 2, 8 ** 2]],
      [9, [9 ** 2, 10 ** 2, 11 ** 2]],
    ]);
  });

  test('MASE of every window is scaled by the one training part', async () => {
    const held = await holdOut({ ...set, items: set.items.slice(0, 1) }, folder);
    // Squares change by 2t − 1: on average 17 up to day 17. Naive errs by t² − 17² and t² − 20².
    const errors = [35, 72, 111, 41, 84, 129];
    const expected = errors.reduce((sum, error) => sum + error, 0) / 6 / 17;
    expect(scoreBaseline(held, 'naive').figures.mase).toBeCloseTo(expected, 12);
  });
});

describe('scoring', () => {
  const levels = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

  test('levels besides 0.1, 0.5 and 0.9 leave wQL alone; without 0.025 and 0.975 there is no 95 % interval', async () => {
    const held = await holdOut(set, folder);
    const by = (asked: readonly number[]) => {
      const forecasts = historiesOf(held).map(({ item, training: history }) =>
        forecastBaseline('naive', { item, history }, { horizon: 3, season: 1, levels: asked }),
      );
      return scoreForecasts(held, forecasts, asked).figures;
    };
    const few = by([0.1, 0.5, 0.9]);
    expect(few.wql).toBeGreaterThan(0);
    expect(few.coverage95).toBeNull();
    expect(by(levels)).toEqual({ ...few, coverage95: expect.any(Number) });
    expect(by(scoredLevels)).toEqual(by(levels));
    expect(by([0.1, 0.5]).wql).toBeNull();
  });

  test('several sets as one: sMAPE weighs points, MASE series, seconds add up, memory is the most', () => {
    const part = (smape: number, mase: number, points: number, scaled: number): Result => ({
      set: 'part',
      kind: 'ours',
      by: 'seed 1',
      figures: { ...noFigures, smape, mase, seconds: points, megabytes: smape },
      points,
      series: scaled,
      scaled,
    });
    const { figures, points, series } = joinSets('whole', [part(10, 1, 10, 3), part(20, 2, 30, 1)]);
    expect({ ...figures, points, series }).toEqual({
      ...noFigures,
      smape: 17.5,
      mase: 1.25,
      seconds: 40,
      megabytes: 20,
      points: 40,
      series: 4,
    });
  });
});

describe('rows', () => {
  const result = (kind: Result['kind'], by: string, mase: number): Result => ({
    set: 'days',
    kind,
    by,
    figures: { ...noFigures, mase, coverage80: 0.75 },
    points: 1,
    series: 1,
    scaled: 1,
  });
  const ours = [result('ours', 'seed 1', 0.4), result('ours', 'seed 2', 0.6)];
  const goals = { atMost: { mase: 0.45, megabytes: 100 }, ahead: true };
  const short = (rows: ReturnType<typeof rowsOf>) =>
    rows.map(({ metric, peer, ours: mean, ratio, goal }) => [metric, peer, mean, ratio, goal]);

  test('the mean of the seeds stands beside each goal; what was not measured has no ratio', () => {
    expect(short(rowsOf('days', ours, [], goals))).toEqual([
      ['MASE', 'goal', 0.5, 0.9, 1],
      ['MB', 'goal', null, null, 1],
      ['|coverage − 0.8|', 'goal', expect.closeTo(0.05), expect.closeTo(0.6), 1],
      ['|coverage − 0.95|', 'goal', null, null, 1],
    ]);
  });

  test('being ahead is asked of baselines and of the peers that a goal names, also of one that could not run', () => {
    const others = [
      result('baseline', 'theta', 1),
      result('peer', 'NeuralForecast 3.3.0 LSTM', 0.25),
      result('peer', 'StatsForecast 2.1.1 AutoTheta', 1),
      result('published', 'somebody', 1),
    ];
    const failed = [{ set: 'days', peer: 'mstl' }];
    const rows = rowsOf('days', [...ours, ...others], failed, { atMost: {}, ahead: true }).slice(2);
    expect(short(rows)).toEqual([
      ['MASE', 'theta', 0.5, 2, 1],
      ['MASE', 'NeuralForecast 3.3.0 LSTM', 0.5, 0.5, 1],
      ['MASE', 'StatsForecast 2.1.1 AutoTheta', 0.5, 2, null],
      ['MASE', 'somebody', 0.5, 2, null],
      ['MASE', null, 0.5, null, 1],
      ['wQL', null, null, null, 1],
    ]);
  });
});
