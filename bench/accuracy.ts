/**
 * How accurate is the default configuration on public data, beside local baselines, Python libraries and what was
 * published? docs/accuracy.md says how it is measured.
 *
 * Arguments: names of sets, `m3` for its four parts; all sets by default. Options:
 * --seeds 1,2,3       a job of ours for each; mean and spread are shown
 * --without-ours      only what stands beside
 * --peers             also the Python libraries; --peer NAME (repeatable) for some of them, --threads N for both cores
 * --fold N            scores an earlier part instead of the test part, for development
 * --configuration J   configuration besides the defaults, as JSON
 * --report FILE       writes all figures to a file
 * --json
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { baselineNames, scoreBaseline } from './accuracy/baselines.ts';
import { joinSets, type Result, withOwa } from './accuracy/figures.ts';
import { type Goals, goals } from './accuracy/goals.ts';
import { type HeldOut, holdOut } from './accuracy/held-out.ts';
import { trainAndScore } from './accuracy/ours.ts';
import { peerNames, scorePeer } from './accuracy/peers.ts';
import { publishedResults } from './accuracy/published.ts';
import { type Failed, rowsOf } from './accuracy/rows.ts';
import { accuracySet, earlierSet, m3Names, type SetName, setNames } from './accuracy/sets.ts';
import { setTable } from './accuracy/table.ts';
import { report } from './support/report.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1,2,3' },
    'without-ours': { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    peer: { type: 'string', multiple: true, default: [] },
    threads: { type: 'string', default: '2' },
    fold: { type: 'string', default: '0' },
    configuration: { type: 'string', default: '{}' },
    report: { type: 'string' },
  },
});

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

const named: readonly string[] = positionals.length > 0 ? positionals : setNames;
const names = setNames.filter(
  (name) => named.includes(name) || (named.includes('m3') && m3Names.includes(name)),
);
const unknown = named.find((name) => !['m3', ...setNames].includes(name));
if (unknown) refuse(`a set must be one of: m3, ${setNames.join(', ')}; got "${unknown}": mend it`);
const peers = peerNames.filter((name) => options.peers || options.peer.includes(name));
const stranger = options.peer.find((name) => !peerNames.some((known) => known === name));
if (stranger) refuse(`--peer must be one of: ${peerNames.join(', ')}; got "${stranger}": mend it`);
const seeds = options['without-ours'] ? [] : options.seeds.split(',').map(Number);
const [fold, threads] = [Number(options.fold), Number(options.threads)];
if (![...seeds, fold, threads].every((number) => Number.isInteger(number) && number >= 0)) {
  refuse('--seeds, --fold and --threads take whole numbers, got something else: e.g. --seeds 1,2 --fold 1');
}
const configuration = JSON.parse(options.configuration) as Readonly<Record<string, unknown>>;
const say = options.json ? console.error : console.log;

const failed: Failed[] = [];
const results = new Map<string, readonly Result[]>();
/** An earlier part is another task than the one that goals and publications speak of. */
const isTest = fold === 0;
const goalsOf = (set: SetName | 'm3'): Goals | null => (isTest ? goals[set] : null);
const publishedOf = (set: SetName | 'm3'): readonly Result[] => (isTest ? publishedResults(set) : []);

function keep(set: SetName | 'm3', measured: readonly Result[]): void {
  const all = [...withOwa(measured), ...publishedOf(set)];
  results.set(set, all);
  say(`\n${setTable(set, all, goalsOf(set))}\n`);
}

async function measurePeers(held: HeldOut): Promise<readonly Result[]> {
  const found: Result[] = [];
  for (const peer of peers) {
    try {
      const result = await scorePeer(held, peer, threads);
      if (result) found.push(result);
      console.error(
        `${held.name}, ${peer}: ${result ? `${result.figures.seconds?.toFixed(0)} s` : 'not for it'}`,
      );
    } catch (error) {
      console.error(
        `${peer} COULD NOT RUN on ${held.name}: ${error instanceof Error ? error.message : error}`,
      );
      failed.push({ set: held.name, peer });
    }
  }
  return found;
}

async function measure(name: SetName): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-accuracy-'));
  try {
    const held = await holdOut(earlierSet(accuracySet(name), fold), folder);
    const ours: Result[] = [];
    for (const seed of seeds) {
      const { result, chosen, crossed } = await trainAndScore(held, seed, configuration);
      console.error(`${name}, seed ${seed}: ${chosen}`);
      if (crossed > 0) console.error(`${crossed} QUANTILES CROSS on ${name} with seed ${seed}`);
      ours.push(result);
    }
    const baselines = baselineNames.map((baseline) => scoreBaseline(held, baseline));
    return [...ours, ...baselines, ...(await measurePeers(held))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const name of names) keep(name, await measure(name));
const parts = m3Names.map((name) => results.get(name) ?? []);
if (parts.every((part) => part.length > 0)) {
  const whole = (parts[0] ?? [])
    .filter(({ kind }) => kind !== 'published')
    .map((first) =>
      parts.flatMap((part) => part.find(({ by, kind }) => by === first.by && kind === first.kind) ?? []),
    )
    .filter((same) => same.length === parts.length);
  keep(
    'm3',
    whole.map((same) => joinSets('m3', same)),
  );
}

if (options.report) {
  const measured = [...results.values()].flat().filter(({ kind }) => kind !== 'published');
  writeFileSync(
    options.report,
    `${JSON.stringify({ fold, configuration, failed, results: measured }, null, 2)}\n`,
  );
}
const rows = [...results].flatMap(([set, all]) => rowsOf(set, all, failed, goalsOf(set as SetName | 'm3')));
const asked = options.json ? rows : rows.filter(({ goal }) => goal !== null);
report('accuracy', asked, options.json);
