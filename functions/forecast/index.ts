import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { authenticateBy, forecastApi, observedBy } from '../../shared/api/index.ts';
import { setting } from '../../shared/documents/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const observed = observedBy(logger, metrics);
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });
const day = 24 * 60 * 60 * 1000;
const warn = (message: string) => (error: unknown, where?: string) =>
  logger.warn(message, { error: error as Error, where });

export const handler = observed.handler(
  forecastApi({
    store,
    champions: createChampions(store, { onError: warn('the version before goes on serving') }),
    authenticate: authenticateBy(process.env, {
      onError: warn('the tokens read before go on'),
    }),
    onForecast({ milliseconds, cached, items, since, ...forecast }) {
      logger.info('forecast', { ...forecast, items, milliseconds, cached });
      metrics.addMetric('ForecastLatency', MetricUnit.Milliseconds, milliseconds);
      metrics.addMetric('CacheHits', MetricUnit.Count, cached ? 1 : 0);
      metrics.addMetric('ForecastItems', MetricUnit.Count, items);
      // A champion whose age nobody noted has none, rather than a wrong one.
      if (since)
        metrics.addMetric('ChampionAgeDays', MetricUnit.NoUnit, (Date.now() - Date.parse(since)) / day);
    },
    onError: observed.onError,
  }),
);
