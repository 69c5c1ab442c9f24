import { readFileSync } from 'node:fs';
import { openSession, tensor } from '../../shared/graph/index.ts';
import { seasonOffset } from '../../shared/model/forecaster/features/index.ts';
import { type ForecasterSettings, rowNames } from '../../shared/model/index.ts';
import { featureGraph } from '../../shared/train/index.ts';
import { tinySettings } from '../support/forecaster.ts';

/** Made by `python scripts/golden/features.py recipe/reference.py`. */
interface Case {
  readonly season: number;
  readonly horizon: number;
  /** Logarithms of the series. */
  readonly z: readonly number[];
  /** `[time, phase]` */
  readonly index: readonly (readonly number[])[];
  /** `[time, horizon]` */
  readonly theta: readonly (readonly number[])[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../golden/features.json', import.meta.url), 'utf8'),
);

/** The feature rows of one series, by name: `[time]` each. */
async function rowsOf(settings: ForecasterSettings, values: readonly number[]) {
  const session = await openSession(featureGraph(settings));
  const length = settings.context + settings.horizon;
  const lead = Array<number>(settings.context - values.length).fill(Number.NaN);
  const later = Array<number>(settings.horizon).fill(Number.NaN);
  const { rows } = await session.run({
    values: tensor('float64', [1, length, 1], [...lead, ...values, ...later]),
  });
  await session.release();
  const names = rowNames(settings);
  const all = rows?.data as Float32Array;
  return (name: string, time: number): number =>
    all[(lead.length + time) * names.length + names.indexOf(name)] ?? Number.NaN;
}

const settingsOf = ({ season, horizon, z }: Case, spare: number): ForecasterSettings =>
  tinySettings({
    transform: 'log',
    horizon,
    seasons: season > 1 ? [season] : [],
    gaps: false,
    context: z.length + spare,
  });

describe.each(cases.map((one) => [one.season, one.z.length, one] as const))(
  'season %p, %p periods',
  (season, length, one) => {
    test.each([0, 13])(
      'the causal shrunken index is that of the reference, with %p periods of padding',
      async (spare) => {
        if (season === 1) return expect(one.index.flat().every((value) => value === 0)).toBe(true);
        const row = await rowsOf(settingsOf(one, spare), one.z.map(Math.exp));
        let known = 0;
        for (let t = 0; t < length; t++) {
          for (let ahead = 1; ahead <= season; ahead++) {
            const ratio = row('ratio0', t + seasonOffset(season, ahead));
            const found = row('shrink0', t) === 0 ? 0 : row('shrink0', t) * (ratio - row('center0', t));
            const expected = one.index[t]?.[(t + ahead) % season] ?? Number.NaN;
            expect(Math.abs(found - expected)).toBeLessThan(1e-6);
            if (expected !== 0) known++;
          }
        }
        if (length > 3 * season) expect(known).toBeGreaterThan(0);
      },
    );

    test('the Theta forecast from every period is that of the reference', async () => {
      const row = await rowsOf(settingsOf(one, 3), one.z.map(Math.exp));
      const last = one.z.at(-1) ?? Number.NaN;
      for (let t = 0; t < length; t++) {
        for (let k = 0; k < one.horizon; k++) {
          const line = row('thetaLevel', t) + row('thetaSlope', t) * (k + row('thetaReach', t));
          const found = last + row('thetaBase', t) + Math.log(Math.max(line, 0.1));
          expect(Math.abs(found - (one.theta[t]?.[k] ?? Number.NaN))).toBeLessThan(1e-5);
        }
      }
    });
  },
);

test('a gap changes an index only by what is missing: the season of a series with a tenth missing is near the whole one’s', async () => {
  const values = Array.from({ length: 140 }, (_, t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 7));
  const settings = tinySettings({ context: 140, transform: 'identity' });
  const row = await rowsOf(
    settings,
    values.map((value, t) => (t % 10 === 3 ? Number.NaN : value)),
  );
  const whole = await rowsOf(settings, values);
  for (let t = 100; t < 140; t++) {
    expect(row('shrink0', t)).toBeGreaterThan(0.8);
    expect(Math.abs(row('ratio0', t) - whole('ratio0', t))).toBeLessThan(0.5);
  }
});
