import { z } from '@hono/zod-openapi';
import { closed } from '../../issues.ts';
import { json, route } from '../route.ts';
import { clientRules } from './rules.ts';
import { answeredWindows, common, fields, forecastExample, forecasts, seriesExample } from './series.ts';

const request = closed({
  ...common,
  ...forecasts,
  n_windows: z.int().min(1).default(1).describe('Windows of each series.'),
  step_size: fields.step,
  hist_exog: fields.historic,
  refit: z.boolean().nullish().describe('Means nothing without `finetune_steps`.'),
  full_history: z
    .boolean()
    .default(false)
    .describe('Windows of the model’s horizon side by side over the whole series; the others are not read.'),
}).openapi('NixtlaCrossValidationRequest');

export type NixtlaCrossValidationRequest = z.output<typeof request>;

const answer = z.strictObject(answeredWindows).openapi('NixtlaCrossValidation');

export type NixtlaCrossValidation = z.output<typeof answer>;

export const nixtlaCrossValidationRoute = route(clientRules, {
  method: 'post',
  path: '/v2/cross_validation',
  operationId: 'nixtlaCrossValidation',
  tags: ['clients'],
  summary: 'Forecasts of the past for the `nixtla` client',
  description:
    'The model stays as it is: windows that lie in the time it was trained on are marked, in `in_training` and, for the client’s table, in `intervals` as `in-training` (1 or 0).',
  request: {
    body: {
      required: true,
      content: json(request, { ...forecastExample, n_windows: 1, series: seriesExample }),
    },
  },
  responses: {
    200: {
      description: 'The windows of each series, one behind the other.',
      content: json(answer, {
        model: 'electricity',
        version: '0123456789abcdef',
        sizes: [2],
        idxs: [3, 4],
        mean: [2.7, 2.8],
        intervals: { 'lo-80': [2.3, 2.4], 'hi-80': [3.2, 3.3], 'in-training': [0, 0] },
        in_training: [false, false],
        weights_x: null,
        feature_contributions: null,
      }),
    },
  },
});
