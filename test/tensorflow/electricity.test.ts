import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreBaseline } from '../../bench/accuracy/baselines.ts';
import { type HeldOut, holdOut } from '../../bench/accuracy/held-out.ts';
import { trainAndScore } from '../../bench/accuracy/ours.ts';
import { accuracySet } from '../../bench/accuracy/sets.ts';
import { stepByStep } from './steps.ts';

const minutes = 60_000;
/** In quick form not seed 1: one of its decisions is on the edge, which makes it the worst to compare by. */
const seeds = process.env.TIDECAST_QUICK === '1' ? [2] : [1, 2, 3];
const small = { members: 2, units: 32, budget: '60steps', transform: 'asinh' };

/**
 * The range over seeds 1 to 6 on ONNX Runtime of MASE (0.484 to 0.496) and wQL (0.0808 to 0.0836), measured with
 * `small` on 2026-12-01. Engines round differently, and training makes that grow to what another seed does.
 * Measured differences: 0.0097 and 0.0018 for seed 1, where the trial of past covariates is decided the other way;
 * below 0.0002 for seeds 2 and 3.
 */
const noise = { mase: 0.012, wql: 0.0028 };

const folder = mkdtempSync(join(tmpdir(), 'tidecast-tensorflow-'));
const heldIn = (name: string) => holdOut(accuracySet('electricity'), mkdtempSync(join(folder, name)));
let onnxruntime: HeldOut;
let tensorflow: HeldOut;

beforeAll(async () => {
  process.env.TIDECAST_DATA = 'examples/electricity';
  [onnxruntime, tensorflow] = [await heldIn('onnxruntime-'), await heldIn('tensorflow-')];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(seeds)(
  'the electricity example is forecast as well by members that native TensorFlow has trained, seed %i',
  async (seed) => {
    const naive = scoreBaseline(tensorflow, 'seasonalNaive').figures;
    const { figures: ours } = (await trainAndScore(onnxruntime, seed, { ...small, engine: 'onnxruntime' }))
      .result;
    const { figures: theirs } = (await trainAndScore(tensorflow, seed, { ...small, engine: 'tensorflow' }))
      .result;
    process.stdout.write(`seed ${seed}: ${JSON.stringify({ ours, theirs, naive })}\n`);
    for (const metric of ['mase', 'wql'] as const) {
      const [a, b] = [Number(ours[metric]), Number(theirs[metric])];
      expect(a).toBeGreaterThan(0);
      expect(Math.abs(a - b)).toBeLessThanOrEqual(noise[metric]);
      expect(b).toBeLessThan(Number(naive[metric]));
    }
  },
  10 * minutes,
);

test(
  'a member of the electricity example has the same loss at each of its first 20 steps, within 1e-4 of it',
  async () => {
    const root = join(onnxruntime.folder, 'store');
    const [dataset = ''] = readdirSync(join(root, 'runs'));
    const { ours, theirs } = await stepByStep(root, dataset, 20);
    expect(ours.length).toBe(20);
    expect(Number(ours.at(-1))).toBeLessThan(Number(ours[0]) / 2);
    const apart = ours.map((loss, i) => Math.abs(Number(theirs[i]) - loss) / loss);
    expect(Math.max(...apart)).toBeLessThan(1e-4);
  },
  5 * minutes,
);
