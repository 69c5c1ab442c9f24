import type { ForecasterSettings } from '../model/index.ts';
import type { ObjectStore } from '../store/index.ts';
import type { Engine, Progress } from '../train/index.ts';
import type { Series } from './chunks.ts';
import type { Plan } from './plan-document.ts';

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
