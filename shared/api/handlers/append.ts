import {
  type Block,
  firstOf,
  mergeRecords,
  type SeriesRecord,
  type SeriesUpdate,
  stepsOf,
} from '../../bundle/index.ts';
import { show } from '../../errors/index.ts';
import { Refusal } from '../problem.ts';

export interface AppendRules {
  /** Periods that are kept of an item. */
  readonly kept: number;
  readonly onConflict: 'refuse' | 'replace';
  /** A period as a message has it. */
  readonly print: (period: number) => string;
  /** The field of the request that an item's observations come from. */
  readonly pathOf: (item: string) => string;
}

const blockNames = ['target', 'past', 'known'] as const;
type BlockName = (typeof blockNames)[number];

/**
 * How new observations join what is stored: numbers are added, or replace others where that is asked for, and what
 * is missing leaves what is stored.
 *
 * @throws Refusal where they contradict what is stored, are too old, or would leave nothing of it
 */
export function appending(rules: AppendRules): NonNullable<SeriesUpdate['merge']> {
  return (existing, incoming) => {
    if (!existing) return mergeRecords(undefined, incoming, rules.kept);
    const pairs = blockNames.map((name) => aligned(rules, name, existing, incoming));
    const [target, past, known] = pairs as [Pair, Pair, Pair];
    blockNames.forEach((name, i) => {
      checkAge(rules, `${rules.pathOf(incoming.item)}.${name}`, existing, pairs[i]?.incoming);
    });
    if (rules.onConflict === 'refuse') checkAgreement(rules, existing, incoming, { target, past, known });
    const statics = { ...existing.statics, ...givenOf(incoming.statics) };
    const base = { ...existing, target: target.stored, past: past.stored, known: known.stored, statics };
    const added = { ...incoming, target: over(target), past: over(past), known: over(known), statics };
    return mergeRecords(base, added, rules.kept);
  };
}

/** What is stored and what is new, with the same columns. */
interface Pair {
  readonly stored: Block;
  readonly incoming: Block;
}

const empty = new Float64Array();

/** A side that holds no numbers takes the columns of the other. */
function aligned(rules: AppendRules, name: BlockName, existing: SeriesRecord, record: SeriesRecord): Pair {
  const [stored, incoming] = [existing[name], record[name]];
  if (stored.width === incoming.width) return { stored, incoming };
  if (incoming.data.every(Number.isNaN)) return { stored, incoming: { ...stored, data: empty } };
  if (stored.data.every(Number.isNaN)) return { stored: { ...incoming, data: empty }, incoming };
  throw new Refusal(
    'OBSERVATION_CONFLICT',
    {
      rule: `what is stored of item ${show(record.item)} must have the columns of the model that serves`,
      received: `${stored.width} columns of ${name}, of which the model has ${incoming.width}`,
      remedy:
        'train again on files with these columns: a job writes the newest observations of all items anew',
    },
    { path: `${rules.pathOf(record.item)}.${name}` },
  );
}

/** New numbers over stored ones; where a new one is missing, the stored one. */
function over({ stored, incoming }: Pair): Block {
  const shift = (firstOf(incoming) - firstOf(stored)) * incoming.width;
  const data = incoming.data.map((value, i) =>
    Number.isNaN(value) ? (stored.data[i + shift] ?? Number.NaN) : value,
  );
  return { ...incoming, data };
}

const givenOf = (statics: SeriesRecord['statics']) =>
  Object.fromEntries(Object.entries(statics).filter(([, value]) => value !== null));

/** Nothing before the periods that are kept, and no gap that is longer than these. */
function checkAge(rules: AppendRules, path: string, { target }: SeriesRecord, incoming?: Block): void {
  if (!incoming) return;
  const { kept, print } = rules;
  const first = incoming.data.findIndex((value) => !Number.isNaN(value));
  const oldest = target.last - kept + 1;
  const period = periodAt(incoming, first);
  if (first >= 0 && period < oldest) {
    throw new Refusal(
      'OBSERVATION_OLD',
      {
        rule: `an observation must be one of the newest ${kept} periods of its item, which are kept: from ${print(oldest)} on`,
        received: print(period),
        remedy: 'leave out what is older; training reads it from the dataset’s files',
      },
      { path },
    );
  }
  if (rules.onConflict === 'replace' || !path.endsWith('.target')) return;
  const gap = longGap(target.last, incoming, kept);
  if (gap === null) return;
  throw new Refusal(
    'OBSERVATION_CONFLICT',
    {
      rule: `between two observations at most ${kept} periods may be missing, else nothing would be left of what is stored`,
      received: `none between ${print(gap.from)} and ${print(gap.to)}`,
      remedy: 'mend the timestamp; if it is right, send it with onConflict "replace"',
    },
    { path },
  );
}

/** The first gap of more than `most` periods behind `last`. */
function longGap(last: number, block: Block, most: number): { from: number; to: number } | null {
  let from = last;
  for (let step = 0; step < stepsOf(block); step++) {
    const to = firstOf(block) + step;
    const row = block.data.subarray(step * block.width, (step + 1) * block.width);
    const end = step === stepsOf(block) - 1;
    if (to <= from || (!end && row.every(Number.isNaN))) continue;
    if (to - from > most) return { from, to };
    from = to;
  }
  return null;
}

const periodAt = (block: Block, index: number) => firstOf(block) + Math.floor(index / block.width);

/** @throws Refusal for the first number that differs from the stored one of its period */
function checkAgreement(
  { print, pathOf }: AppendRules,
  existing: SeriesRecord,
  { item, statics }: SeriesRecord,
  pairs: Readonly<Record<BlockName, Pair>>,
): void {
  const path = pathOf(item);
  const remedy = 'mend it, leave it out, or send it with onConflict "replace"';
  for (const name of blockNames) {
    const { stored, incoming } = pairs[name];
    const shift = (firstOf(incoming) - firstOf(stored)) * incoming.width;
    const at = incoming.data.findIndex((value, i) => {
      const other = stored.data[i + shift] ?? Number.NaN;
      return value !== other && !Number.isNaN(value) && !Number.isNaN(other);
    });
    if (at < 0) continue;
    throw new Refusal(
      'OBSERVATION_CONFLICT',
      {
        rule: `${name} of item ${show(item)} is ${stored.data[at + shift]} at ${print(periodAt(incoming, at))}, as it is stored`,
        received: String(incoming.data[at]),
        remedy,
      },
      { path: `${path}.${name}` },
    );
  }
  for (const [name, value] of Object.entries(givenOf(statics))) {
    const other = Object.hasOwn(existing.statics, name) ? existing.statics[name] : null;
    // A category may be written as a number.
    if (other === null || other === undefined || String(other) === String(value)) continue;
    throw new Refusal(
      'OBSERVATION_CONFLICT',
      {
        rule: `${name} of item ${show(item)} is ${show(other)}, as it is stored`,
        received: show(value),
        remedy,
      },
      { path: `${path}.static.${name}` },
    );
  }
}
