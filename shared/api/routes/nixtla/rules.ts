import { forecastProblems } from '../route.ts';

/** Who may use the routes of the `nixtla` client that forecast, and what they can answer. */
export const clientRules = {
  access: { scopes: ['forecast'], dataset: { body: 'model' } },
  problems: forecastProblems,
} as const;
