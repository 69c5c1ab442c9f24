import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import { authenticateBy, lambdaHandler, manageApi } from '../../shared/api/index.ts';
import { setting } from '../../shared/documents/index.ts';
import { s3Store, s3Uploads } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const bucket = setting('TIDECAST_BUCKET');

const answer = lambdaHandler(
  manageApi({
    store: s3Store({ bucket }),
    permitUpload: s3Uploads({ bucket }),
    authenticate: authenticateBy(process.env.TIDECAST_TOKENS_SECRET_ARN, {
      onError: (error) => logger.warn('the tokens read before go on', { error: error as Error }),
    }),
    onError(error, requestId) {
      logger.error('a request failed', { error: error as Error, request: requestId });
      metrics.addMetric('Errors', MetricUnit.Count, 1);
    },
  }),
);

export async function handler(event: LambdaEvent, context: Context & LambdaContext) {
  logger.addContext(context);
  try {
    return await answer(event, context);
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
