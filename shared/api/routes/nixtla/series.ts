import { z } from '@hono/zod-openapi';
import { closed } from '../../issues.ts';
import { values } from '../forecast.ts';
import { nameSchema } from '../route.ts';

/** Series as the `nixtla` client sends them: all behind one another, without names. */
const flatSeries = closed({
  categorical_exog: z
    .array(z.int())
    .max(0, 'must be left out: categories cannot be sent this way')
    .nullish()
    .describe('Which covariates are categories: none can be.'),
  sizes: z.array(z.int().min(1)).min(1).describe('How many observations each series has.'),
  start_datetime: z
    .array(z.string().max(64))
    .nullish()
    .describe('The timestamp of each series’ first observation; the client sends it from version 0.9 on.'),
  y: values.describe('The observations of all series, one series behind the other.'),
  X: z
    .array(values)
    .nullish()
    .describe('Covariates beside the observations: those that are known ahead, then those that are not.'),
  X_future: z
    .array(values)
    .nullish()
    .describe('Covariates that are known ahead: for each series the periods after its end.'),
}).openapi('NixtlaSeries');

export type FlatSeries = z.output<typeof flatSeries>;

const stepsAhead = z.int().min(1);
export const fields = {
  h: stepsAhead.describe('Steps ahead, up to the model’s.'),
  level: z
    .array(z.number().min(0).lt(100))
    .max(50)
    .nullish()
    .describe('Intervals, by the percentage of values that lie in them.'),
  oneLevel: z.number().min(0).lt(100).describe('The interval, by the percentage of values that lie in it.'),
  step: stepsAhead.nullish().describe('Periods from one window to the next; default: `h`.'),
  historic: z
    .array(z.int().min(0))
    .nullish()
    .describe('Which rows of `X` are covariates that are not known ahead.'),
};

/** What requests for forecasts have beside, at origins that are said or at the end. */
export const forecasts = {
  h: fields.h,
  level: fields.level,
  feature_contributions: z.boolean().default(false).describe('Must be false.'),
  feature_contributions_type: z.string().max(32).nullish().describe('Means nothing here.'),
};

/** What every request has. Training belongs to the dataset: what would change the model is refused. */
export const common = {
  model: nameSchema('The model.', 'electricity'),
  freq: z.string().min(1).max(32).describe('As pandas spells it; it must be the model’s.'),
  series: flatSeries,
  finetune_steps: z.int().min(0).default(0).describe('Must be 0.'),
  finetune_depth: z.int().nullish().describe('Means nothing without `finetune_steps`.'),
  finetune_loss: z.string().max(32).nullish().describe('Means nothing without `finetune_steps`.'),
  finetuned_model_id: z.string().max(256).nullish().describe('Must be null.'),
  model_parameters: z.record(z.string(), z.unknown()).nullish().describe('Must be null.'),
  multivariate: z
    .boolean()
    .default(false)
    .describe('Must be false: the model says which series go together.'),
  clean_ex_first: z.boolean().nullish().describe('Means nothing here.'),
};

export type CommonRequest = Pick<
  z.output<z.ZodObject<typeof common>>,
  'model' | 'freq' | 'series' | 'finetune_steps' | 'finetuned_model_id' | 'model_parameters' | 'multivariate'
>;

const number = z.number().nullable();

/** What every answer has; null is NaN. */
export const answered = {
  model: z.string(),
  version: z.string().describe('The version that made all of these.'),
  mean: z.array(number).describe('The point forecasts: medians.'),
  intervals: z
    .record(z.string(), z.array(number))
    .nullable()
    .describe('Quantiles by the ends of intervals: `lo-80`, `hi-80`.'),
  weights_x: z.null(),
  feature_contributions: z.null(),
};

/** What answers about the past have. */
export const answeredWindows = {
  ...answered,
  sizes: z.array(z.int()).describe('How many values each series has in the other lists.'),
  idxs: z.array(z.int()).describe('Where each value’s period stands in `y`.'),
  in_training: z
    .array(z.boolean())
    .describe('Whether the window that a value is of lies in the time the model was trained on.'),
};

/** A request for a forecast, as the document shows it. */
export const forecastExample = { model: 'electricity', freq: 'h', h: 2, level: [80] };

export const seriesExample = {
  y: [3.1, 2.8, null, 2.6, 2.9],
  sizes: [5],
  start_datetime: ['2024-05-01T00:00:00'],
  X: null,
  X_future: null,
};
