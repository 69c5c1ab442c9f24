import { checkHorizon, forecastItems } from '../../../forecast/index.ts';
import { at } from '../../problem.ts';
import type { NixtlaForecastRequest, NixtlaForecasts } from '../../routes/nixtla/forecast.ts';
import { checkSize, type ForecastDependencies, withModel } from '../forecast.ts';
import { historyAt } from '../windows.ts';
import { bandsOf, columnsOf } from './bands.ts';
import { checkFrequency } from './frequency.ts';
import { checkOptions } from './refused.ts';
import { remedyForKnown, sequencesOf } from './sequences.ts';

export async function answerNixtlaForecast(
  dependencies: ForecastDependencies,
  request: NixtlaForecastRequest,
): Promise<NixtlaForecasts> {
  const { model: name, series, h, level, freq } = request;
  checkOptions(request);
  return withModel(dependencies, name, series.sizes.length, async (model) => {
    const { description, shape, session, version } = model;
    checkFrequency(description.frequency, freq);
    at('h', () => checkHorizon(shape, h));
    const bands = bandsOf(shape.levels, level ?? []);
    checkSize(series.sizes.length * h * (1 + bands.ends.length), { largest: dependencies.largestAnswer });
    const sequences = sequencesOf(model, series, { ahead: h });
    const histories = sequences.map(({ history, target }) =>
      historyAt(model, { history, rows: target.length, path: 'series.X' }, remedyForKnown(model)),
    );
    const forecasts = await forecastItems(session, shape, histories, { horizon: h, levels: bands.levels });
    const { mean, intervals } = columnsOf(bands, forecasts, () => h);
    return {
      model: name,
      version,
      mean,
      intervals: level && level.length > 0 ? intervals : null,
      weights_x: null,
      feature_contributions: null,
    };
  });
}
