import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { App } from './app.ts';
import { type LambdaContext, type LambdaEvent, lambdaHandler } from './lambda.ts';

/** What both of the API's functions tell of themselves. */
export function observedBy(logger: Logger, metrics: Metrics) {
  return {
    onError(error: unknown, requestId: string): void {
      logger.error('a request failed', { error: error as Error, request: requestId });
      metrics.addMetric('Errors', 'Count', 1);
    },
    /** The app as a Lambda whose metrics are published after every request. */
    handler(app: App) {
      const answer = lambdaHandler(app);
      return async (event: LambdaEvent, context: Context & LambdaContext) => {
        logger.addContext(context);
        try {
          return await answer(event, context);
        } finally {
          if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
        }
      };
    },
  };
}
