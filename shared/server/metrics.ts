import type { MiddlewareHandler } from 'hono';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ForecastEvent } from '../api/index.ts';

export interface ServerMetrics {
  /** Counts and times requests, by route rather than path: names of models are no labels without end. */
  readonly observe: (route: string, method: string, status: number, seconds: number) => void;
  readonly onForecast: (event: ForecastEvent) => void;
  /** Answers with all of them in Prometheus's text. */
  readonly answer: MiddlewareHandler;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The server's metrics, for Prometheus. */
export function serverMetrics(): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    ...{ name: 'tidecast_request_seconds', help: 'Requests, by how long they took.', registers },
    labelNames: ['route', 'method', 'status'],
    buckets: seconds,
  });
  const forecasts = new Histogram({
    ...{ name: 'tidecast_forecast_seconds', help: 'Forecasts, by how long they took.', registers },
    labelNames: ['model'],
    buckets: seconds,
  });
  const items = new Counter({
    ...{ name: 'tidecast_forecast_items_total', help: 'Series that were forecast.', registers },
    labelNames: ['model'],
  });
  const opened = new Counter({
    ...{ name: 'tidecast_models_opened_total', help: 'Forecasts that had to open a model.', registers },
    labelNames: ['model'],
  });
  new Gauge({
    ...{ name: 'tidecast_resident_bytes', help: 'Memory of this process.', registers },
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    observe: (route, method, status, took) => requests.observe({ route, method, status }, took),
    onForecast({ model, milliseconds, items: count, cached }) {
      forecasts.observe({ model }, milliseconds / 1000);
      items.inc({ model }, count);
      if (!cached) opened.inc({ model });
    },
    answer: async (c) => c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  };
}
