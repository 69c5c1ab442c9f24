import { numbersOf } from '../../../shared/graph/index.ts';
import { adam, type Engine, type OptimiserSettings } from '../../../shared/train/index.ts';
import { largestDifference } from '../../support/compare.ts';
import { smallBatch } from '../../support/training.ts';
import { outcome, trainer, vectors } from './small.ts';

/** Two engines compute the same. */
export function engineAgreement(...engines: readonly [Engine, Engine]): void {
  describe('the two engines, one of which differentiates without our gradient rules', () => {
    test('agree in values within 1e-6', async () => {
      const [ours, theirs] = await Promise.all(
        engines.map(async (engine) =>
          (await trainer(engine)).evaluate(smallBatch(), ['loss', 'prediction', 'states']),
        ),
      );
      for (const output of ['loss', 'prediction', 'states']) {
        const [a, b] = [ours?.[output], theirs?.[output]];
        expect(b?.shape).toEqual(a?.shape);
        expect(largestDifference(a ? numbersOf(a) : [], b ? numbersOf(b) : [Number.NaN])).toBeLessThan(1e-6);
      }
    });

    test('agree in the gradient, the first moment after one step over 1 − β₁, within 1e-6', async () => {
      const [ours, theirs] = await Promise.all(
        engines.map(async (engine) =>
          (await outcome(engine, adam, 1)).state.firstMoment.map((moment) => moment / 0.1),
        ),
      );
      expect(Math.max(...(ours ?? []))).toBeGreaterThan(0.01);
      expect(largestDifference(theirs ?? [], ours ?? [Number.NaN])).toBeLessThan(1e-6);
    });

    test.each<[string, Partial<OptimiserSettings>]>([
      ['Adam', {}],
      ['AdamW with weight decay 0.1', { weightDecay: 0.1 }],
      ['Adam with gradients clipped to norm 0.05', { clipNorm: 0.05 }],
      ['Adam with weights averaged by 0.95', { averageDecay: 0.95 }],
      [
        'all of these',
        { weightDecay: 0.1, clipNorm: 0.05, averageDecay: 0.95, firstDecay: 0.8, epsilon: 1e-3 },
      ],
    ])('agree after 50 steps of %s within 2e-6', async (_, changes) => {
      const settings = { ...adam, ...changes };
      const [ours, theirs] = await Promise.all(engines.map((engine) => outcome(engine, settings, 50)));
      const differences = vectors.map((vector) =>
        largestDifference(theirs?.state[vector] ?? [], ours?.state[vector] ?? [Number.NaN]),
      );
      expect(
        Math.max(...differences, largestDifference(theirs?.losses ?? [], ours?.losses ?? [0])),
      ).toBeLessThan(2e-6);
    });

    test.each<[string, Partial<OptimiserSettings>, (typeof vectors)[number]]>([
      ['weight decay', { weightDecay: 0.1 }, 'parameters'],
      ['clipping', { clipNorm: 0.05 }, 'firstMoment'],
      ['averaging', { averageDecay: 0.95 }, 'average'],
    ])('are told apart by that comparison when one leaves out %s', async (_, changes, vector) => {
      const [plain, changed] = await Promise.all(
        [adam, { ...adam, ...changes }].map((settings) => outcome(engines[0], settings, 50)),
      );
      expect(largestDifference(plain?.state[vector] ?? [], changed?.state[vector] ?? [])).toBeGreaterThan(
        1e-3,
      );
    });
  });
}
