import { call, type Flow, type State } from './state.ts';

/** What the state machine calls, by ARN. */
export interface FlowTargets {
  readonly plan: string;
  readonly train: string;
  readonly assemble: string;
  /** `start` also settles: it marks failures and looks whether the data changed meanwhile. */
  readonly start: string;
  /** Where a message goes at the end; none where undefined. */
  readonly topic: string | undefined;
  /** `aws`, or what stands for it in other partitions. */
  readonly partition: string;
}

export interface FlowOptions {
  readonly parallelMembers: number;
  readonly timeoutSeconds: number;
}

/** The `source` of our events on the account's default bus. */
export const eventSource = 'tidecast';

/** Telling others can fail only by a fault of the service: there is nothing wrong with the message. */
const tellingRetries = [
  { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 3 },
];

const toSettle = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'SettleFailure' }];

const job = { 'dataset.$': '$.dataset', 'job.$': '$.job' };

/**
 * plan → members in parallel, each in slices until done, twice → assemble → announce. Every way, refused data and
 * errors too, leads through settling.
 */
export function trainingFlow(targets: FlowTargets, { parallelMembers, timeoutSeconds }: FlowOptions): Flow {
  const { topic, partition } = targets;
  return {
    Comment: 'One job: plan, train the members, assemble and promote.',
    StartAt: 'Plan',
    TimeoutSeconds: timeoutSeconds,
    States: {
      Plan: call(targets.plan, job, { Catch: toSettle, Next: 'IsPlanned' }),
      IsPlanned: {
        Type: 'Choice',
        Choices: [{ Variable: '$.status', StringEquals: 'planned', Next: 'Choose' }],
        Default: 'Settle',
      },
      Choose: members(targets.train, 'choose', parallelMembers, 'Refit'),
      Refit: members(targets.train, 'refit', parallelMembers, 'Assemble'),
      Assemble: call(targets.assemble, job, { ResultPath: '$.result', Catch: toSettle, Next: 'Announce' }),
      Announce: tell(partition, 'events:putEvents', topic ? 'Notify' : 'Settle', {
        Entries: [{ Source: eventSource, DetailType: 'Training finished', 'Detail.$': '$.result' }],
      }),
      ...(topic && {
        Notify: tell(partition, 'sns:publish', 'Settle', {
          TopicArn: topic,
          Subject: 'Tidecast: training finished',
          'Message.$': 'States.JsonToString($.result)',
        }),
      }),
      Settle: call(targets.start, { settle: job }, { ResultPath: null, Next: 'HasEnded' }),
      HasEnded: {
        Type: 'Choice',
        Choices: [{ Variable: '$.status', StringEquals: 'planned', Next: 'Done' }],
        Default: 'Refused',
      },
      // A job that somebody has stopped is an error of the step that met it, and none of the execution.
      HasStopped: {
        Type: 'Choice',
        Choices: [{ Variable: '$.settled.status', StringEquals: 'cancelled', Next: 'Done' }],
        Default: 'Failed',
      },
      Done: { Type: 'Succeed' },
      Refused: {
        Type: 'Fail',
        Error: 'DataRefused',
        Cause: 'The job document says what to mend: GET /v1/jobs/{job}.',
      },
      SettleFailure: call(
        targets.start,
        { settle: { ...job, 'error.$': '$.error' } },
        { ResultPath: '$.settled', Next: 'HasStopped' },
      ),
      Failed: {
        Type: 'Fail',
        Error: 'JobFailed',
        Cause: 'A step failed: see the execution’s history and GET /v1/jobs/{job}.',
      },
    },
  };
}

/** One fit of all members, side by side; the second one waits for all, since the first ones choose its steps together. */
const members = (train: string, phase: 'choose' | 'refit', parallelMembers: number, next: string): State => ({
  Type: 'Map',
  ItemsPath: '$.members',
  ItemSelector: { ...job, phase, 'index.$': '$$.Map.Item.Value' },
  MaxConcurrency: parallelMembers,
  ItemProcessor: slices(train),
  ResultPath: null,
  Catch: toSettle,
  Next: next,
});

/** One fit of one member: slice after slice, each of which resumes from the checkpoint of the one before. */
const slices = (train: string) => ({
  ProcessorConfig: { Mode: 'INLINE' },
  StartAt: 'Slice',
  States: {
    Slice: call(train, { ...job, 'phase.$': '$.phase', 'index.$': '$.index' }, { Next: 'IsTrained' }),
    IsTrained: {
      Type: 'Choice',
      Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Trained' }],
      Default: 'Slice',
    },
    Trained: { Type: 'Succeed' },
  },
});

const tell = (partition: string, service: string, next: string, parameters: object): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::${service}`,
  Parameters: parameters,
  ResultPath: null,
  Retry: tellingRetries,
  Catch: toSettle,
  Next: next,
});
