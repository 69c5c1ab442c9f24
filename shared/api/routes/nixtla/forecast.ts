import { z } from '@hono/zod-openapi';
import { closed } from '../../issues.ts';
import { json, route } from '../route.ts';
import { clientRules } from './rules.ts';
import { answered, common, forecastExample, forecasts, seriesExample } from './series.ts';

const request = closed({ ...common, ...forecasts }).openapi('NixtlaForecastRequest');

export type NixtlaForecastRequest = z.output<typeof request>;

const answer = z.strictObject(answered).openapi('NixtlaForecasts');

export type NixtlaForecasts = z.output<typeof answer>;

export const nixtlaForecastRoute = route(clientRules, {
  method: 'post',
  path: '/v2/forecast',
  operationId: 'nixtlaForecast',
  tags: ['clients'],
  summary: 'Forecasts for the `nixtla` client',
  request: {
    body: {
      required: true,
      content: json(request, { ...forecastExample, series: seriesExample }),
    },
  },
  responses: {
    200: {
      description: 'The forecasts, one series behind the other.',
      content: json(answer, {
        model: 'electricity',
        version: '0123456789abcdef',
        mean: [3, 3.3],
        intervals: { 'lo-80': [2.6, 2.8], 'hi-80': [3.5, 4.1] },
        weights_x: null,
        feature_contributions: null,
      }),
    },
  },
});
