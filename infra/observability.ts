import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type AlarmSettings, addAlarms } from './alarms.ts';
import { type OwnMetric, ownMetric, ownMetrics } from './metrics.ts';

/** A dashboard and alarms. */
export class Observability extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, settings: AlarmSettings) {
    super(scope, id);
    const alarms = addAlarms(this, settings);
    const { service, stage, queue, deadLetters } = settings;
    const period = Duration.minutes(5);
    const own = (name: OwnMetric, statistic: string) =>
      ownMetric(settings, name, statistic, period).with({ label: `${ownMetrics[name]} (${statistic})` });
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({
        title,
        left,
        right,
        width: 8,
        height: 6,
        leftYAxis: { min: 0 },
        rightYAxis: { min: 0 },
      });
    const waiting = { period, statistic: Stats.MAXIMUM };

    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: service,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })],
        [
          graph(
            'Jobs',
            [
              own('JobsStarted', Stats.SUM),
              own('JobsDone', Stats.SUM),
              own('JobsFailed', Stats.SUM),
              own('Promotions', Stats.SUM),
            ],
            [own('JobCost', Stats.SUM)],
          ),
          graph(
            'Training, s',
            [own('JobSeconds', Stats.MAXIMUM), own('SliceSeconds', Stats.MAXIMUM)],
            [own('Loss', Stats.AVERAGE)],
          ),
          graph('Events of uploads', [
            queue.metricApproximateNumberOfMessagesVisible(waiting),
            queue.metricApproximateNumberOfMessagesDelayed(waiting),
            deadLetters.metricApproximateNumberOfMessagesVisible(waiting),
          ]),
        ],
        [
          graph('Requests', [
            stage.metricCount({ period }),
            stage.metricClientError({ period }),
            stage.metricServerError({ period }),
            own('Errors', Stats.SUM),
            own('ForecastItems', Stats.SUM),
          ]),
          graph('Answers, ms', [
            stage.metricLatency({ period, statistic: Stats.percentile(50) }),
            stage.metricLatency({ period, statistic: Stats.percentile(99) }),
            own('ForecastLatency', Stats.percentile(50)),
            own('ForecastLatency', Stats.percentile(99)),
          ]),
          graph('Models', [own('ChampionAgeDays', Stats.MAXIMUM)], [own('CacheHits', Stats.AVERAGE)]),
        ],
      ],
    });
  }
}
