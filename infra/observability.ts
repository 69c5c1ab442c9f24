import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type AlarmSettings, addAlarms } from './alarms.ts';
import { type OwnMetric, ownMetric } from './metrics.ts';

/** A dashboard and alarms. */
export class Observability extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, settings: AlarmSettings) {
    super(scope, id);
    const alarms = addAlarms(this, settings);
    const { service, stage, stateMachine, queue, deadLetters } = settings;
    const period = Duration.minutes(5);
    const own = (name: OwnMetric, statistic: string) => ownMetric(settings, name, statistic, period);
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
            [own('JobsDone', Stats.SUM), own('JobsFailed', Stats.SUM), own('Promotions', Stats.SUM)],
            [own('JobSeconds', Stats.MAXIMUM)],
          ),
          graph('State machine', [
            stateMachine.metricStarted({ period }),
            stateMachine.metricSucceeded({ period }),
            stateMachine.metricFailed({ period }),
            stateMachine.metricTimedOut({ period }),
          ]),
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
