import type { ForecasterSettings } from '../model/index.ts';
import type { ObjectStore } from '../store/index.ts';
import type { Engine, Progress } from '../train/index.ts';
import type { Series } from './chunks.ts';

/**
 * A member is fitted twice: before the backtest's origins, looked at now and then, and once all members have been,
 * with the number of steps that was best for them together on all data.
 */
export const phases = ['choose', 'refit'] as const;
export type Phase = (typeof phases)[number];

export interface MemberTask {
  readonly store: ObjectStore;
  /** Where a member's files lie. */
  key(index: number, file: string): string;
  readonly settings: ForecasterSettings;
  readonly index: number;
  readonly series: readonly Series[];
  readonly windows: readonly { readonly fit: number; readonly calibrate: readonly number[] }[];
  /** The weights that the fits start from; drawn by the member's seed where there are none. */
  readonly start?: { readonly before: Float32Array; readonly final: Float32Array } | null;
  /** The most optimiser steps. */
  readonly steps: number;
  readonly engine: Engine;
  onProgress?(progress: Progress): void;
  /** Stops between two steps; what was done is kept. */
  readonly signal?: AbortSignal;
}
