/**
 * Do covariates help? Each set is trained with what is known of the future and without it, by otherwise the same
 * configuration, and scored on the held-out part. A ratio above 1 says that it is better with it.
 *
 * - future loads: electricity prices with the loads that were forecast for the day ahead
 * - promotions: made sales that rise by 80 % on days that are known ahead; also how much of that is recovered, by
 *   asking for the same days without promotions
 * - holidays: real daily loads, made lower on the public holidays of China, with `features.holidays`
 *
 * Options: --seeds 1,2,3 · --json · names of the questions (loads, promotions, holidays), by default all
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readBundle, readCurrent } from '../shared/bundle/index.ts';
import { shapeOf } from '../shared/forecast/index.ts';
import { openSession } from '../shared/graph/index.ts';
import { backtest, type Window } from '../shared/jobs/index.ts';
import { fileStore, keys } from '../shared/store/index.ts';
import { type HeldOut, holdOut } from './accuracy/held-out.ts';
import { trainAndScore } from './accuracy/ours.ts';
import {
  type CovariateCase,
  futureLoads,
  holidayLoads,
  promotionEffect,
  promotions,
} from './covariates/sets.ts';
import { report, type ShownRow } from './support/report.ts';

const questions = { loads: futureLoads, promotions, holidays: holidayLoads } as const;
type Question = keyof typeof questions;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, seeds: { type: 'string', default: '1,2,3' } },
});
const seeds = options.seeds.split(',').map(Number);
const all = Object.keys(questions) as Question[];
const named = all.filter((name) => positionals.length === 0 || positionals.includes(name));
if (positionals.some((name) => !all.some((known) => known === name)) || !seeds.every(Number.isInteger)) {
  console.error(
    `questions must be some of ${all.join(', ')} and seeds whole numbers, got: ${process.argv.slice(2).join(' ')}`,
  );
  process.exit(2);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

async function wqlOf(held: HeldOut, seed: number): Promise<number> {
  const { result } = await trainAndScore(held, seed);
  return result.figures.wql ?? Number.NaN;
}

/** How much of the promotions' effect a model of the set has, as a share of what it is. */
async function recovered(held: HeldOut, seed: number): Promise<number> {
  const store = fileStore(join(held.folder, 'store'));
  const dataset = `${held.name}-${seed}`;
  const version = (await readCurrent(store, dataset))?.version ?? '';
  const { description, forecaster } = await readBundle(store, keys.model(dataset, version));
  const session = await openSession(forecaster);
  const means = async (windows: readonly Window[]) =>
    (await backtest(session, shapeOf(description), windows)).forecasts.map((one) => one.mean);
  const plain = held.windows.map(({ series, origin }) => {
    const known = series.known.map((value, row) => (row > origin ? 0 : value));
    return { series: { ...series, known }, origin };
  });
  const [withThem, without] = [await means(held.windows), await means(plain)];
  await session.release();
  let [usual, more] = [0, 0];
  held.windows.forEach(({ series, origin }, w) => {
    for (let step = 0; step < held.horizon; step++) {
      if (series.known[origin + 1 + step] !== 1) continue;
      const base = without[w]?.[step] ?? Number.NaN;
      usual += base;
      more += (withThem[w]?.[step] ?? Number.NaN) - base;
    }
  });
  return more / usual / promotionEffect;
}

async function measure(
  question: Question,
  { set, without, question: text }: CovariateCase,
): Promise<ShownRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-covariates-'));
  try {
    const [held, alone] = [await holdOut(set, folder), await holdOut(without, folder)];
    const [ours, theirs, effects]: [number[], number[], number[]] = [[], [], []];
    for (const seed of seeds) {
      ours.push(await wqlOf(held, seed));
      theirs.push(await wqlOf(alone, seed));
      if (question === 'promotions') effects.push(await recovered(held, seed));
      console.error(
        `${text}, seed ${seed}: wQL ${ours.at(-1)?.toPrecision(4)} with, ${theirs.at(-1)?.toPrecision(4)} without`,
      );
    }
    const rows: ShownRow[] = seeds.map((seed, i) => {
      const [a, b] = [ours[i] ?? Number.NaN, theirs[i] ?? Number.NaN];
      return {
        case: text,
        metric: `wQL, seed ${seed}`,
        ours: a,
        peer: 'without',
        theirs: b,
        ratio: b / a,
        goal: 1,
      };
    });
    const [a, b] = [mean(ours), mean(theirs)];
    rows.push({
      case: text,
      metric: 'wQL, mean',
      ours: a,
      peer: 'without',
      theirs: b,
      ratio: b / a,
      goal: 1,
    });
    if (effects.length > 0) {
      const share = mean(effects);
      rows.push({
        case: text,
        metric: 'effect',
        ours: share,
        peer: 'the true one',
        theirs: 1,
        ratio: share,
        goal: 0.8,
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const table: ShownRow[] = [];
for (const name of named) table.push(...(await measure(name, questions[name]())));
report('covariates', table, options.json);
