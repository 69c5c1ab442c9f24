import type { Figures } from './figures.ts';
import type { SetName } from './sets.ts';

/** What is asked of the mean of the seeds on a set. */
export interface Goals {
  readonly atMost: Partial<Figures>;
  /** Whether to be ahead in MASE and wQL of every local baseline, and of the Python peers that are asked for. */
  readonly ahead: boolean;
}

/** How far the coverage of an interval may be from what it says, on every set. */
export const coverageWithin = 0.03;
/** Peers that a goal names; what else runs stands beside for comparison. */
export const askedPeers = ['NHITS', 'LSTM', 'MSTL'];

/** Of every job, whatever the set. */
const always: Partial<Figures> = { megabytes: 1000 };
const threeMinutes = { seconds: 180 };
const asked = (atMost: Partial<Figures>, ahead = false): Goals => ({
  atMost: { ...atMost, ...always },
  ahead,
});

export const goals: Readonly<Record<SetName | 'm3', Goals>> = {
  m3: asked({ smape: 12.2, ...threeMinutes }),
  'm3-yearly': asked({ smape: 15.8, mase: 2.65, wql: 0.121 }),
  'm3-quarterly': asked({ smape: 8.8, mase: 1.06, wql: 0.055 }),
  'm3-monthly': asked({ smape: 12.9, mase: 0.795, wql: 0.071 }),
  'm3-other': asked({ smape: 4.18, mase: 1.79 }),
  'm4-hourly': asked({ mase: 0.79, owa: 0.4, wql: 0.0205, ...threeMinutes }),
  electricity: asked({ mase: 0.48, wql: 0.076 }, true),
  etth1: asked({ mase: 0.82, wql: 0.183 }, true),
  'air-passengers': asked({}),
};
