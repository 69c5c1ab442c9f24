import { z } from '@hono/zod-openapi';
import { closed } from '../../issues.ts';
import { json, route } from '../route.ts';
import { clientRules } from './rules.ts';
import { answeredWindows, common, fields, seriesExample } from './series.ts';

const { intervals: _, ...withoutIntervals } = answeredWindows;
const answered = {
  ...withoutIntervals,
  intervals: z.record(z.string(), z.array(z.number().nullable())),
  anomaly: z.array(z.boolean()).describe('Whether an observation lies outside its interval.'),
  anomaly_score: z
    .array(z.number().nullable())
    .describe('Its distance from the median, as a part of the way to the interval’s end: 1 is at the end.'),
  accumulated_anomaly_score: z.null(),
};
const answer = z.strictObject(answered).openapi('NixtlaAnomalies');

export type NixtlaAnomalies = z.output<typeof answer>;

const example: z.input<typeof answer> = {
  model: 'electricity',
  version: '0123456789abcdef',
  sizes: [2],
  idxs: [3, 4],
  mean: [2.7, 2.8],
  intervals: { 'lo-90': [2.3, 2.4], 'hi-90': [3.2, 2.85] },
  anomaly: [false, true],
  anomaly_score: [0.25, 2],
  accumulated_anomaly_score: null,
  in_training: [false, false],
  weights_x: null,
  feature_contributions: null,
};

const batch = closed({ ...common, level: fields.oneLevel }).openapi('NixtlaAnomalyRequest');

export type NixtlaAnomalyRequest = z.output<typeof batch>;

export const nixtlaAnomalyRoute = route(clientRules, {
  method: 'post',
  path: '/v2/anomaly_detection',
  operationId: 'nixtlaAnomalyDetection',
  tags: ['clients'],
  summary: 'Unusual observations of whole series for the `nixtla` client',
  description:
    'Each observation beside the forecast of it that was made one period before. The first season of a series is not judged.',
  request: {
    body: {
      required: true,
      content: json(batch, { model: 'electricity', freq: 'h', level: 90, series: seriesExample }),
    },
  },
  responses: {
    200: { description: 'The judged observations of each series.', content: json(answer, example) },
  },
});

const online = closed({
  ...common,
  h: fields.h,
  level: fields.oneLevel,
  detection_size: z.int().min(1).describe('How many observations at the end of each series are judged.'),
  threshold_method: z
    .string()
    .max(32)
    .default('univariate')
    .describe('Must be `univariate`: each series by itself.'),
  step_size: fields.step,
  hist_exog: fields.historic,
  refit: z.boolean().nullish().describe('Means nothing without `finetune_steps`.'),
}).openapi('NixtlaOnlineAnomalyRequest');

export type NixtlaOnlineAnomalyRequest = z.output<typeof online>;

export const nixtlaOnlineAnomalyRoute = route(clientRules, {
  method: 'post',
  path: '/v2/online_anomaly_detection',
  operationId: 'nixtlaOnlineAnomalyDetection',
  tags: ['clients'],
  summary: 'Unusual observations at the end of series for the `nixtla` client',
  description:
    'A forecast is made every `step_size` periods; each observation is judged by the newest before it.',
  request: {
    body: {
      required: true,
      content: json(online, {
        model: 'electricity',
        freq: 'h',
        h: 1,
        detection_size: 2,
        level: 90,
        series: seriesExample,
      }),
    },
  },
  responses: {
    200: { description: 'The judged observations of each series.', content: json(answer, example) },
  },
});
