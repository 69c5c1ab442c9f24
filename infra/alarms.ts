import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Measured, ownMetric } from './metrics.ts';

export interface AlarmSettings extends Measured {
  readonly latencyGoal: Duration;
  readonly championAgeGoal: Duration;
  readonly topic: ITopic | undefined;
}

/** As they are named, behind the service's name, and in docs/operations.md. */
export const alarmNames = [
  'dead-letters',
  'jobs-failed',
  'jobs-late',
  'api-errors',
  'api-latency',
  'champion-age',
] as const;

interface Rule {
  readonly name: (typeof alarmNames)[number];
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** In how many periods in a row. */
  readonly periods?: number;
}

const five = Duration.minutes(5);

/** Every alarm: what it means stands in its description, what to do in docs/operations.md under its name. */
const rules = (settings: AlarmSettings): readonly Rule[] => {
  const { stage, stateMachine, deadLetters, latencyGoal, championAgeGoal } = settings;
  return [
    {
      name: 'dead-letters',
      means: 'Events of uploads could not be handled: their datasets may be newer than their models.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: five,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    },
    {
      name: 'jobs-failed',
      means: 'A training failed: its data was refused, or a step broke.',
      metric: stateMachine.metricFailed({ period: five }),
      threshold: 1,
    },
    {
      name: 'jobs-late',
      means: 'A training was stopped because it ran for longer than trainingTimeout.',
      metric: stateMachine.metricTimedOut({ period: five }),
      threshold: 1,
    },
    {
      name: 'api-errors',
      means: 'The API answered with 5xx.',
      metric: stage.metricServerError({ period: five, statistic: Stats.SUM }),
      threshold: 5,
    },
    {
      name: 'api-latency',
      means: 'One in a hundred answers took longer than the goal, for a quarter of an hour.',
      metric: stage.metricLatency({ period: five, statistic: Stats.percentile(99) }),
      threshold: latencyGoal.toMilliseconds(),
      periods: 3,
    },
    {
      name: 'champion-age',
      means: 'A model that serves is older than the goal: its data stopped coming, or no challenger wins.',
      metric: ownMetric(settings, 'ChampionAgeDays', Stats.MAXIMUM, Duration.hours(1)),
      threshold: championAgeGoal.toDays({ integral: false }),
    },
  ];
};

export function addAlarms(scope: Construct, settings: AlarmSettings): readonly Alarm[] {
  return rules(settings).map(({ name, means, metric, threshold, periods = 1 }) => {
    const alarm = new Alarm(scope, name, {
      alarmName: `${settings.service}-${name}`,
      alarmDescription: `${means} What to do: docs/operations.md, "${name}".`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Nothing trained, called or waiting is no trouble.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (settings.topic) alarm.addAlarmAction(new SnsAction(settings.topic));
    return alarm;
  });
}
