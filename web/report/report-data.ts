import type { components } from '../../shared/client/index.ts';

type Answers = components['schemas'];
type Values = readonly (number | null)[];

interface Quantiles {
  readonly timestamps: readonly string[];
  readonly quantiles: readonly { readonly level: number; readonly values: Values }[];
}

/** One channel of an item, as far as it is known. */
export interface ReportSeries {
  readonly item: string;
  readonly channel: string;
  /** What is stored of it. */
  readonly history: { readonly timestamps: readonly string[]; readonly values: Values } | null;
  /** null where what it needs of the future is not stored. */
  readonly forecast: Quantiles | null;
  /** The backtest's windows, by networks that had not seen them. */
  readonly windows: readonly (Quantiles & { readonly observed: Values })[];
  readonly scores: Pick<Answers['ItemAccuracy'], 'item' | 'channels'> | null;
}

/** What a report is made of: the command line writes it into the page. */
export interface Report {
  readonly model: Answers['Model'];
  /** null for a version that was made before it was kept. */
  readonly accuracy: Answers['Accuracy'] | null;
  readonly series: readonly ReportSeries[];
}
