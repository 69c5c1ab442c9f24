import { createHash } from 'node:crypto';
import type { StoredItemAccuracy } from './document.ts';

export const accuracyFile = 'accuracy.json';
export const accuracyShardFile = (shard: number): string => `accuracy-${shard}.json`;

/** Items of one file on average. */
const itemsPerShard = 4096;
/** Numbers of stored windows in one file on average, some two megabytes. */
const numbersPerShard = 100_000;

/** @param numbers of all windows that are to be stored */
export const accuracyShards = (items: number, numbers: number): number =>
  Math.min(items, Math.max(Math.ceil(items / itemsPerShard), Math.ceil(numbers / numbersPerShard)));

/** Which of so many files an item is in: it follows from its name alone. */
export const accuracyShardOf = (item: string, shards: number): number =>
  createHash('sha256').update(item).digest().readUInt32BE(0) % shards;

/** A shard's file, an item a line: what is not finite is null. */
export const accuracyShardBytes = (items: readonly StoredItemAccuracy[]): Uint8Array =>
  Buffer.from(`{"formatVersion":1,"items":[\n${items.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`);
