import type { ObjectStore } from '../../store/index.ts';
import { requireCovered } from '../access/require.ts';
import type { App } from '../app.ts';
import { answerDeepAr } from '../handlers/deepar.ts';
import type { ForecastDependencies } from '../handlers/forecast.ts';
import { answerAnomalies, answerOnlineAnomalies } from '../handlers/nixtla/anomalies.ts';
import { answerCrossValidation } from '../handlers/nixtla/cross-validation.ts';
import { answerNixtlaForecast } from '../handlers/nixtla/forecast.ts';
import { modelNames, modelParameters } from '../handlers/nixtla/service.ts';
import { deepArRoute } from '../routes/deepar.ts';
import { nixtlaAnomalyRoute, nixtlaOnlineAnomalyRoute } from '../routes/nixtla/anomalies.ts';
import { nixtlaCrossValidationRoute } from '../routes/nixtla/cross-validation.ts';
import { nixtlaForecastRoute } from '../routes/nixtla/forecast.ts';
import { nixtlaKeyRoute, nixtlaModelsRoute, nixtlaParametersRoute } from '../routes/nixtla/service.ts';

/** Forecasts in the forms of other services. The `nixtla` client names the model in the body. */
export function addForecastClients(app: App, dependencies: ForecastDependencies): void {
  app.openapi(deepArRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json(await answerDeepAr(dependencies, model, c.req.valid('json')), 200);
  });
  app.openapi(nixtlaForecastRoute.definition, async (c) => {
    const request = c.req.valid('json');
    requireCovered(c.var.grant, request.model);
    return c.json(await answerNixtlaForecast(dependencies, request), 200);
  });
  app.openapi(nixtlaCrossValidationRoute.definition, async (c) => {
    const request = c.req.valid('json');
    requireCovered(c.var.grant, request.model);
    return c.json(await answerCrossValidation(dependencies, request), 200);
  });
  app.openapi(nixtlaAnomalyRoute.definition, async (c) => {
    const request = c.req.valid('json');
    requireCovered(c.var.grant, request.model);
    return c.json(await answerAnomalies(dependencies, request), 200);
  });
  app.openapi(nixtlaOnlineAnomalyRoute.definition, async (c) => {
    const request = c.req.valid('json');
    requireCovered(c.var.grant, request.model);
    return c.json(await answerOnlineAnomalies(dependencies, request), 200);
  });
}

/** What the `nixtla` client asks before it forecasts. */
export function addManageClients(app: App, store: ObjectStore): void {
  app.openapi(nixtlaModelsRoute.definition, async (c) => c.json(await modelNames(store, c.var.grant), 200));
  app.openapi(nixtlaParametersRoute.definition, async (c) => {
    const { model, freq } = c.req.valid('query');
    return c.json(await modelParameters(store, model, freq), 200);
  });
  app.openapi(nixtlaKeyRoute.definition, (c) => c.json({ detail: 'the token is valid' }, 200));
}
