import { show } from '../../errors/index.ts';
import { SeriesError } from '../errors.ts';

/**
 * Consecutive periods of some columns. `last` is the period index of the last step, so that the first step's is
 * `last − steps + 1`; NaN where missing. A block of width 0 has no data.
 */
export interface Block {
  readonly last: number;
  readonly width: number;
  readonly data: Float64Array; // [time, width]
}

/** An item's newest observations, as a forecast reads them. */
export interface SeriesRecord {
  readonly item: string;
  /** [time, channel]; its last step is the item's last observation. */
  readonly target: Block;
  /** [time, past covariate], until the last observation or earlier. */
  readonly past: Block;
  /** [time, known covariate]; may reach beyond the last observation, into the future. */
  readonly known: Block;
  /** Static covariates by name. */
  readonly statics: Readonly<Record<string, number | string | null>>;
}

/** For items without covariates of a kind. */
export const emptyBlock: Block = { last: 0, width: 0, data: new Float64Array(0) };

export const stepsOf = ({ width, data }: Block): number => (width === 0 ? 0 : data.length / width);

export const firstOf = (block: Block): number => block.last - stepsOf(block) + 1;

/** About as many bytes as the record takes when it is stored. */
export const bytesOf = ({ item, target, past, known }: SeriesRecord): number =>
  64 + 2 * item.length + target.data.byteLength + past.data.byteLength + known.data.byteLength;

const blockNames = ['target', 'past', 'known'] as const;
const longestName = 65_535; // bytes of UTF-8

/** @throws SeriesError where the numbers do not fill whole steps, or the item cannot be named */
export function checkRecord(record: SeriesRecord): void {
  const { item } = record;
  if (item === '' || Buffer.byteLength(item) > longestName || /\p{Cs}/u.test(item)) {
    throw new SeriesError({
      rule: `an item's name must be well-formed text of 1..${longestName} bytes`,
      received: show(item.slice(0, 80)),
      remedy: 'give the item another name',
    });
  }
  for (const name of blockNames) {
    const { last, width, data } = record[name];
    const whole = Number.isSafeInteger(last) && Number.isSafeInteger(width) && width >= 0;
    const filled = width === 0 ? data.length === 0 : data.length % width === 0;
    if (whole && filled && (name !== 'target' || data.length > 0)) continue;
    throw new SeriesError({
      rule: `item ${show(item)}: ${name} must have whole steps of its width, and a whole number as its last period`,
      received: `${data.length} numbers of width ${width}, last period ${last}`,
      remedy: 'give [time, column] numbers; width 0 and no numbers where there are no columns',
    });
  }
}

/**
 * What is known after `incoming` arrived: it decides the periods that it covers, `existing` those that it does
 * not, and the newest `context` periods up to the last observation are kept (known covariates also beyond it).
 * Observations that agree can therefore arrive in any order. Where the columns are others, `incoming` is all.
 */
export function mergeRecords(
  existing: SeriesRecord | undefined,
  incoming: SeriesRecord,
  context: number,
): SeriesRecord {
  const same = existing && blockNames.every((name) => existing[name].width === incoming[name].width);
  const base = same ? existing : undefined;
  const last = Math.max(incoming.target.last, base?.target.last ?? Number.NEGATIVE_INFINITY);
  const merged = (name: (typeof blockNames)[number]) =>
    mergeBlocks(base?.[name] ?? emptyBlock, incoming[name], last - context + 1);
  // Static covariates are as the newest observation has them.
  const newest = base && base.target.last > incoming.target.last ? base : incoming;
  return {
    item: incoming.item,
    target: merged('target'),
    past: merged('past'),
    known: merged('known'),
    statics: newest.statics,
  };
}

/** The union of two blocks from period `from` on; `upper` lies above `lower`, gaps are NaN. */
function mergeBlocks(lower: Block, upper: Block, from: number): Block {
  const blocks = [lower, upper].filter((block) => stepsOf(block) > 0 && block.last >= from);
  if (blocks.length === 0) return { ...emptyBlock, width: upper.width };
  const first = Math.max(from, Math.min(...blocks.map(firstOf)));
  const last = Math.max(...blocks.map((block) => block.last));
  const { width } = upper;
  const data = new Float64Array((last - first + 1) * width).fill(Number.NaN);
  for (const block of blocks) {
    const skipped = Math.max(0, first - firstOf(block));
    data.set(block.data.subarray(skipped * width), (firstOf(block) + skipped - first) * width);
  }
  return withoutLeadingGap({ last, width, data });
}

/** What is missing before the first number says nothing: a forecast pads with NaN. The last step always stays. */
function withoutLeadingGap({ last, width, data }: Block): Block {
  const present = data.findIndex((value) => !Number.isNaN(value));
  const steps = Math.floor((present === -1 ? data.length - width : present) / width);
  return steps === 0 ? { last, width, data } : { last, width, data: data.slice(steps * width) };
}
