import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { authenticateBy, lambdaPreview, manageApi, observedBy } from '../../shared/api/index.ts';
import { setting } from '../../shared/documents/index.ts';
import { retrainDataset, type StartContext, stepFunctions } from '../../shared/start/index.ts';
import { s3Copies, s3Downloads, s3Store, s3Uploads } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const observed = observedBy(logger, metrics);
const bucket = setting('TIDECAST_BUCKET');
const store = s3Store({ bucket });
const exporting = stepFunctions<{ dataset: string; export: string }>(setting('TIDECAST_EXPORT_MACHINE_ARN'));
const start: StartContext = {
  store,
  executions: stepFunctions(setting('TIDECAST_STATE_MACHINE_ARN')),
  quietSeconds: Number(process.env.TIDECAST_QUIET_SECONDS ?? 30),
  clock: Date.now,
};

export const handler = observed.handler(
  manageApi({
    store,
    permitUpload: s3Uploads({ bucket }),
    permitDownload: s3Downloads({ bucket }),
    copyObject: s3Copies({ bucket }),
    preview: lambdaPreview(setting('TIDECAST_PREVIEW_FUNCTION_ARN')),
    startExport: async (dataset, id) => {
      await exporting.start(id, { dataset, export: id });
    },
    retrain: (dataset) => retrainDataset(start, dataset),
    authenticate: authenticateBy(process.env, {
      onError: (error) => logger.warn('the tokens read before go on', { error: error as Error }),
    }),
    onError: observed.onError,
  }),
);
