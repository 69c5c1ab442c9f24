import { Duration, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allow } from './access.ts';
import { complaint } from './complaint.ts';
import { eventSource, trainingFlow } from './flow/index.ts';
import { addFunction, type FunctionSettings, timeoutOf } from './function.ts';
import { allowJobs, type JobStarting, jobEnvironment } from './jobs.ts';
import { addMachine } from './machine.ts';
import type { TidecastProps } from './props.ts';
import { Uploads } from './uploads.ts';

interface TrainingProps
  extends Pick<TidecastProps, 'quietPeriod' | 'sliceTime' | 'parallelMembers' | 'trainingTimeout' | 'topic'> {
  readonly settings: FunctionSettings;
}

/** From an upload to a promoted model: queue → start → state machine of plan, train, assemble. */
export class Training extends Construct {
  readonly uploads: Uploads;
  readonly stateMachine: StateMachine;
  readonly start: IFunction;
  /** Reads what was staged, for whoever asks how it looks. */
  readonly preview: IFunction;
  /** What it takes to begin jobs, for whoever else may. */
  readonly jobs: JobStarting;

  constructor(scope: Construct, id: string, props: TrainingProps) {
    super(scope, id);
    const { settings, quietPeriod = Duration.seconds(30), topic } = props;
    const name = `${settings.service}-training`;
    this.uploads = new Uploads(this, 'Uploads', {
      bucket: settings.bucket,
      quietPeriod,
      consumerTimeout: timeoutOf('start'),
    });

    // The machine calls `start` and `start` the machine: its ARN is written from its name, or neither could be first.
    this.jobs = { machine: name, quietPeriod };
    const start = addFunction(this, 'start', settings, jobEnvironment(this, this.jobs));
    this.start = start;
    allowJobs(start, this.jobs);
    this.uploads.feed(start);

    const parallelMembers = props.parallelMembers ?? 5;
    const plan = addFunction(this, 'plan', settings, {
      TIDECAST_PARALLEL_MEMBERS: String(parallelMembers),
    });
    this.preview = addFunction(this, 'preview', settings);
    const slice = props.sliceTime ? { TIDECAST_SLICE_SECONDS: sliceSeconds(props.sliceTime) } : {};
    const train = addFunction(this, 'train', settings, slice);
    const assemble = addFunction(this, 'assemble', settings);

    const flow = trainingFlow(
      {
        plan: plan.functionArn,
        train: train.functionArn,
        assemble: assemble.functionArn,
        start: start.functionArn,
        topic: topic?.topicArn,
        partition: Stack.of(this).partition,
      },
      {
        parallelMembers,
        timeoutSeconds: (props.trainingTimeout ?? Duration.days(1)).toSeconds(),
      },
    );
    const functions = [start, plan, train, assemble];
    const { stateMachine, role } = addMachine(this, { name, flow, functions, settings });
    allow(role, 'Announce', ['events:PutEvents'], [eventBus(this)], {
      StringEquals: { 'events:source': eventSource },
    });
    if (topic) allow(role, 'Notify', ['sns:Publish'], [topic.topicArn]);
    this.stateMachine = stateMachine;
  }
}

function eventBus(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
}

function sliceSeconds(sliceTime: Duration): string {
  const seconds = sliceTime.toSeconds();
  const most = timeoutOf('train').toSeconds() - 30;
  if (seconds >= 1 && seconds <= most) return String(seconds);
  throw complaint(
    `sliceTime must be 1..${most} seconds (a checkpoint has to be written before the function's end)`,
    `${seconds} seconds`,
    'choose one within',
  );
}
