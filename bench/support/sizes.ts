/** Batch, steps, inputs, hidden units, outputs. */
export const sizes = [
  [128, 24, 1, 64, 12],
  [32, 10, 10, 100, 10],
  [256, 24, 4, 40, 18],
  [512, 48, 8, 128, 24],
] as const;
export type Sizes = (typeof sizes)[number];
