import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { authenticateBy, manageApi, observedBy } from '../../shared/api/index.ts';
import { setting } from '../../shared/documents/index.ts';
import { s3Store, s3Uploads } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const observed = observedBy(logger, metrics);
const bucket = setting('TIDECAST_BUCKET');

export const handler = observed.handler(
  manageApi({
    store: s3Store({ bucket }),
    permitUpload: s3Uploads({ bucket }),
    authenticate: authenticateBy(process.env.TIDECAST_TOKENS_SECRET_ARN, {
      onError: (error) => logger.warn('the tokens read before go on', { error: error as Error }),
    }),
    onError: observed.onError,
  }),
);
