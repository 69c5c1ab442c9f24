import type { Duration } from 'aws-cdk-lib';
import type { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** What is watched. */
export interface Measured {
  readonly service: string;
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly stateMachine: StateMachine;
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
}

/**
 * The metrics that the functions write with Powertools, in the namespace `Tidecast` with the one dimension
 * `service` (the construct's name). They carry no dataset: every value of a dimension is a metric that is paid for.
 */
export const ownMetrics = {
  /** Count, by `start`: a job that was started. */
  JobsStarted: 'started jobs',
  /** Count, by `start` when it settles: a job that ended in an error, refused data too. */
  JobsFailed: 'failed jobs',
  /** Count, by `assemble`: a job that made a version. */
  JobsDone: 'finished jobs',
  /** Seconds from a job's start to its end, by `assemble`. */
  JobSeconds: 'duration of a job',
  /** US dollars that a job's functions cost, estimated, by `assemble`. */
  JobCost: 'cost of a job',
  /** Count, by `assemble`: 1 where the new version became the champion, else 0. */
  Promotions: 'promoted versions',
  /** Seconds of one slice of training, by `train`. */
  SliceSeconds: 'duration of a slice',
  /** The loss of a member at the end of a slice, by `train`. */
  Loss: 'loss',
  /** Milliseconds of one request in `forecast`, reading the bundle where it was not at hand included. */
  ForecastLatency: 'duration of a forecast',
  /** Count, by `forecast`: 1 where the session was at hand, 0 where the bundle had to be read. */
  CacheHits: 'forecasts from an open session',
  /** Count, by `forecast`: items of one request. */
  ForecastItems: 'forecast items',
  /** Count, by `forecast` and `manage`: requests that ended in an error of ours. */
  Errors: 'errors of the API',
  /** Days since the serving version was made, by `forecast` with every request. */
  ChampionAgeDays: 'age of a serving version',
} as const;
export type OwnMetric = keyof typeof ownMetrics;

export const ownMetric = (
  { service }: Pick<Measured, 'service'>,
  metricName: OwnMetric,
  statistic: string,
  period: Duration,
): Metric =>
  new Metric({
    namespace: 'Tidecast',
    metricName,
    dimensionsMap: { service },
    statistic,
    period,
  });
