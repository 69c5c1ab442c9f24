import { Hono } from 'hono';
import { forecastApi, type ManageDependencies, manageApi } from './apis.ts';
import type { ObservationDependencies } from './handlers/observations.ts';
import { routingPath } from './routes/route.ts';
import { forecastRoutes } from './routes/table.ts';

export type LocalDependencies = ManageDependencies & ObservationDependencies;

/** Both apps as one, for a server that answers everything: what is a forecast is told by the table of routes. */
export function localApi(dependencies: LocalDependencies): Hono {
  const [forecast, manage] = [forecastApi(dependencies), manageApi(dependencies)];
  const app = new Hono();
  for (const route of forecastRoutes) {
    app.on(route.definition.method.toUpperCase(), routingPath(route), (c) =>
      forecast.fetch(c.req.raw, c.env),
    );
  }
  app.all('*', (c) => manage.fetch(c.req.raw, c.env));
  return app;
}
