import { show } from '../../errors/index.ts';
import { forecastItems, type ItemForecast, type ItemHistory, levelReader } from '../../forecast/index.ts';
import type { OpenModel } from '../../serve/index.ts';
import { at, Refusal } from '../problem.ts';
import type { DeepArAnswer, DeepArInstance, DeepArRequest } from '../routes/deepar.ts';
import { checkSize, type ForecastDependencies, withModel } from './forecast.ts';
import { historyOfSeries } from './histories.ts';

export async function answerDeepAr(
  dependencies: ForecastDependencies,
  name: string,
  { instances, configuration }: DeepArRequest,
): Promise<DeepArAnswer> {
  const outputs = configuration?.output_types ?? ['mean', 'quantiles'];
  const asked = (configuration?.quantiles ?? ['0.1', '0.5', '0.9']).map(String);
  if (outputs.includes('samples')) {
    throw refused('configuration.output_types', {
      rule: 'output_types must be of mean and quantiles: the models have no sample paths',
      received: show(outputs),
      remedy: 'leave samples out; ask for the quantiles that they would be used for',
    });
  }
  return withModel(dependencies, name, instances.length, async (model) => {
    const { shape, session, description } = model;
    checkChannels(description.channels);
    const levels = [...new Set(asked.map(Number))].sort((a, b) => a - b);
    at('configuration.quantiles', () => levelReader(shape.levels, levels));
    checkSize(instances.length * shape.horizon * (1 + asked.length), { largest: dependencies.largestAnswer });
    const histories = instances.map((instance, i) => historyOf(model, instance, i));
    const forecasts = await forecastItems(session, shape, histories, { levels });
    return {
      predictions: forecasts.map((forecast) => ({
        ...(outputs.includes('mean') && { mean: [...forecast.mean] }),
        ...(outputs.includes('quantiles') && { quantiles: quantilesOf(forecast, asked, levels) }),
      })),
    };
  });
}

/** By the names that they were asked for. */
const quantilesOf = ({ quantiles }: ItemForecast, asked: readonly string[], levels: readonly number[]) =>
  Object.fromEntries(
    asked.map((text) => {
      const level = levels.indexOf(Number(text));
      return [text, [...quantiles.filter((_, i) => i % levels.length === level)]];
    }),
  );

function historyOf(
  model: OpenModel,
  { start, target, cat, dynamic_feat: features = [] }: DeepArInstance,
  index: number,
): ItemHistory {
  const path = `instances[${index}]`;
  const { known } = model.description.covariates;
  checkFeatures(model, features, target.length, `${path}.dynamic_feat`);
  return historyOfSeries(
    model,
    {
      item: path,
      start,
      target,
      known: Object.fromEntries(known.map((name, k) => [name, features[k] ?? new Float64Array(0)])),
      static: categoriesOf(model, cat, `${path}.cat`),
    },
    path,
  );
}

function checkChannels(channels: readonly string[]): void {
  if (channels.length === 1) return;
  throw refused('model', {
    rule: 'the model must forecast one channel, since a target of this form has no names',
    received: `one of ${channels.length}: ${channels.join(', ')}`,
    remedy: 'use POST /v1/models/{model}/forecast, or name another model',
  });
}

/** Features have no names: they are the model's known covariates, in its order. */
function checkFeatures(
  { description, shape }: OpenModel,
  features: readonly Float64Array[],
  rows: number,
  path: string,
): void {
  const { known } = description.covariates;
  if (features.length !== known.length) {
    throw refused(path, {
      rule: `the model has ${known.length} known covariates${known.length > 0 ? `: ${known.join(', ')}` : ''}`,
      received: String(features.length),
      remedy: known.length > 0 ? 'give these, in this order' : 'leave dynamic_feat out',
    });
  }
  const length = rows + shape.horizon;
  features.forEach((feature, k) => {
    const complete = feature.length === length && !feature.subarray(rows).some(Number.isNaN);
    if (complete) return;
    throw refused(`${path}[${k}]`, {
      rule: `a feature must have ${length} values (${rows} beside the target, ${shape.horizon} after it), none missing after it`,
      received: feature.length === length ? 'one with missing values' : String(feature.length),
      remedy: 'give the values of all periods up to the end of the horizon',
    });
  });
}

/** Categories are named as the data names them: 3 is the category "3", not the fourth one. */
function categoriesOf(
  { description: { covariates } }: OpenModel,
  given: DeepArInstance['cat'],
  path: string,
): Record<string, string> {
  if (!given) return {};
  const categories = covariates.static.filter((covariate) => covariate.kind === 'category');
  if (given.length !== categories.length) {
    throw refused(path, {
      rule: `the model has ${categories.length} static categories${categories.map(({ name }, i) => `${i === 0 ? ': ' : ', '}${name}`).join('')}`,
      received: String(given.length),
      remedy: categories.length > 0 ? 'give a value for each, in this order' : 'leave cat out',
    });
  }
  return Object.fromEntries(
    categories.map(({ name, values }, i) => {
      const value = String(given[i]);
      if (values.includes(value)) return [name, value];
      const shown = values.slice(0, 10).join(', ');
      throw refused(`${path}[${i}]`, {
        rule: `${name} must be a category the model was trained with, by its name in the data`,
        received: show(given[i]),
        remedy: `use one of ${shown}${values.length > 10 ? ', …' : ''}, or leave cat out where none is meant`,
      });
    }),
  );
}

const refused = (path: string, complaint: ConstructorParameters<typeof Refusal>[1]) =>
  new Refusal('REQUEST', complaint, { path });
