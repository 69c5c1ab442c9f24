import type { BundleDescription } from '../../shared/bundle/index.ts';

/** What a budget of time was spread over; nothing where the budget says the steps itself. */
export const budgetLine = ({
  configuration,
  reasons,
}: Pick<BundleDescription, 'configuration' | 'reasons'>): string[] =>
  reasons.budget ? [`budget ${String(configuration.budget)}: ${reasons.budget}`] : [];
