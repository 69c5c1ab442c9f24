import type { Tensor } from '../../../../shared/graph/index.ts';

/** What the page asks of its worker. The first message opens a model; all others run it. */
export type WorkerRequest =
  | { readonly id: number; readonly open: Uint8Array }
  | { readonly id: number; readonly feeds: Readonly<Record<string, Tensor>> };

export interface WorkerAnswer {
  readonly id: number;
  /** The graph's outputs, empty after opening; left out where it failed. */
  readonly results?: Readonly<Record<string, Tensor>>;
  readonly error?: string;
}
