import type { ForecasterSettings } from '../model/index.ts';
import type { ObjectStore } from '../store/index.ts';
import type { Engine, Progress } from '../train/index.ts';
import type { Series } from './chunks.ts';
import type { Plan } from './plan-document.ts';

/**
 * A member is fitted twice: before the backtest's origins, looked at now and then; and once all members have been, from
 * what it was after the number of steps that was best for them together a few steps more, on all data.
 */
export const phases = ['choose', 'refit'] as const;
export type Phase = (typeof phases)[number];

export interface MemberTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly job: string;
  /** Where a member's files lie. */
  key(index: number, file: string): string;
  readonly views: readonly ForecasterSettings[];
  /** The member's number among all. */
  readonly index: number;
  readonly series: readonly Series[];
  readonly windows: Plan['windows'];
  /** Periods per cycle of metrics. */
  readonly season: number;
  /** The weights that the first fit starts from; drawn by the member's seed where there are none. */
  readonly start?: Float32Array | null;
  /** The most optimiser steps. */
  readonly steps: number;
  readonly engine: Engine;
  onProgress?(progress: Progress): void;
  /** Stops between two steps; what was done is kept. */
  readonly signal?: AbortSignal;
}
