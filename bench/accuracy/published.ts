import { type Figures, noFigures, type Result } from './figures.ts';
import type { SetName } from './sets.ts';

/** What was published for a method on the same split, and where, if that is known. */
interface Published {
  readonly by: string;
  readonly source?: string;
  readonly figures: Partial<Figures>;
}

const m4 = 'M4-methods, Evaluation and Ranks';
const monash = 'Monash archive, Table 5';
const entry = (by: string, figures: Partial<Figures>, source?: string): Published => ({
  by,
  figures,
  ...(source && { source }),
});

/** As ../shared/data/README.md collects them. */
const published: Readonly<Partial<Record<SetName | 'm3', readonly Published[]>>> = {
  'm4-hourly': [
    entry('ES-RNN, the winner', { smape: 9.328, mase: 0.893, owa: 0.44 }, m4),
    entry('ProLogistica', { smape: 9.611, mase: 0.873, owa: 0.444 }, m4),
    entry('FFORMA', { smape: 11.506, mase: 0.819, owa: 0.484 }, m4),
    entry('plain RNN', { smape: 14.698, mase: 3.048, owa: 1.036 }, m4),
    entry('Theta', { smape: 18.138, mase: 2.455, owa: 1.006 }, m4),
    entry('Naive2', { smape: 18.383, mase: 2.395, owa: 1 }, m4),
    entry('Comb', { smape: 22.053, mase: 4.582, owa: 1.556 }, m4),
    entry('WaveNet', { mase: 1.68 }, monash),
    entry('DeepAR', { mase: 2.145 }, monash),
    entry('N-BEATS', { mase: 2.247 }, monash),
  ],
  'm3-yearly': [
    entry('N-BEATS ensemble', { smape: 15.92 }),
    entry('Theta, the winner', { smape: 16.9 }),
    entry('AutoTheta', { mase: 2.61 }),
    entry('AutoETS', { mase: 2.695 }),
    entry('TiRex, zero-shot', { mase: 2.71 }),
    entry('N-BEATS', { mase: 2.961 }, monash),
    entry('DeepAR', { mase: 3.508 }, monash),
  ],
  'm3-quarterly': [
    entry('N-BEATS ensemble', { smape: 8.8 }),
    entry('Theta, the winner', { smape: 8.96 }),
    entry('AutoTheta', { mase: 1.119 }),
    entry('AutoETS', { mase: 1.144 }),
    entry('TiRex, zero-shot', { mase: 1.154 }),
    entry('N-BEATS', { mase: 1.182 }, monash),
    entry('DeepAR', { mase: 1.31 }, monash),
  ],
  'm3-monthly': [
    entry('N-BEATS ensemble', { smape: 13.24 }),
    entry('Theta, the winner', { smape: 13.85 }),
    entry('TiRex, zero-shot', { mase: 0.831 }),
    entry('AutoTheta', { mase: 0.855 }),
    entry('AutoETS', { mase: 0.863 }),
    entry('N-BEATS', { mase: 0.934 }, monash),
    entry('DeepAR', { mase: 1.167 }, monash),
  ],
  'm3-other': [entry('N-BEATS ensemble', { smape: 4.21 }), entry('Theta, the winner', { smape: 4.41 })],
  m3: [entry('N-BEATS ensemble', { smape: 12.46 }), entry('Theta, the winner', { smape: 13.01 })],
};

export const publishedResults = (set: SetName | 'm3'): readonly Result[] =>
  (published[set] ?? []).map(({ by, source, figures }) => ({
    set,
    kind: 'published',
    by: source ? `${by} (${source})` : by,
    figures: { ...noFigures, ...figures },
    points: 0,
    series: 0,
    scaled: 0,
  }));
