import { exportFlow, type Flow, type State, trainingFlow } from '../../infra/flow/index.ts';

const targets = { plan: 'plan', train: 'train', assemble: 'assemble', start: 'start', partition: 'aws' };
const options = { parallelMembers: 5, timeoutSeconds: 86_400 };
const flow = trainingFlow({ ...targets, topic: undefined }, options);
const told = trainingFlow({ ...targets, topic: 'topic' }, options);

type Fields = Record<string, unknown>;
const state = (name: string, of: Flow = flow): State => {
  const found = of.States[name];
  if (!found) throw new Error(`there is no state ${name}`);
  return found;
};
const catchesOf = (of: State) =>
  (of.Catch ?? []) as { Next: string; ErrorEquals: string[]; ResultPath: string }[];

/** Where a state may go next. */
const nextOf = (of: State): string[] => [
  ...[of.Next, of.Default].filter((name): name is string => typeof name === 'string'),
  ...((of.Choices ?? []) as { Next: string }[]).map(({ Next }) => Next),
  ...catchesOf(of).map(({ Next }) => Next),
];

/** Every way from a state to an end. */
function ways(of: Flow, from: string): string[][] {
  const next = nextOf(state(from, of));
  return next.length === 0 ? [[from]] : next.flatMap((name) => ways(of, name).map((way) => [from, ...way]));
}

test.each([
  ['without a topic', flow],
  ['with a topic', told],
])('every way ends settled, %s', (_, of) => {
  const all = ways(of, 'Plan');
  expect(all.length).toBeGreaterThan(4);
  for (const way of all) {
    expect(way.filter((name) => name.startsWith('Settle'))).toHaveLength(1);
    expect(['Succeed', 'Fail']).toContain(state(way.at(-1) ?? '', of).Type);
  }
});

test('a job that goes well is planned, trained, assembled, announced and settled', () => {
  expect(ways(flow, 'Plan').filter((way) => way.at(-1) === 'Done')).toContainEqual([
    'Plan',
    'IsPlanned',
    'Choose',
    'Refit',
    'Assemble',
    'Announce',
    'Settle',
    'HasEnded',
    'Done',
  ]);
});

test('refused data trains nothing and fails the execution without a retry', () => {
  expect(state('IsPlanned').Default).toBe('Settle');
  expect(state('HasEnded').Default).toBe('Refused');
  expect(state('Refused').Type).toBe('Fail');
});

test('every step before settling hands any error to it', () => {
  for (const name of ['Plan', 'Choose', 'Refit', 'Assemble', 'Announce', 'Notify']) {
    expect(catchesOf(state(name, told))).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'SettleFailure' },
    ]);
  }
  expect(state('SettleFailure')).toMatchObject({
    Resource: 'start',
    Parameters: { settle: { 'dataset.$': '$.dataset', 'job.$': '$.job', 'error.$': '$.error' } },
    Next: 'HasStopped',
    ResultPath: '$.settled',
  });
});

test('a job that somebody has stopped fails no execution, and every other error does', () => {
  expect(state('HasStopped')).toMatchObject({
    Choices: [{ Variable: '$.settled.status', StringEquals: 'cancelled', Next: 'Done' }],
    Default: 'Failed',
  });
});

test('functions are called again on faults of the service, and twice where their sandbox was killed', () => {
  const members = ['Choose', 'Refit'].flatMap((name) =>
    Object.values((state(name).ItemProcessor as Fields).States as Record<string, State>),
  );
  const calls = [...Object.values(flow.States), ...members].filter(
    ({ Type, Resource }) => Type === 'Task' && !String(Resource).startsWith('arn:'),
  );
  expect(calls).toHaveLength(6);
  for (const { Retry } of calls) {
    expect(Retry).toMatchObject([
      {
        ErrorEquals: [
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.TooManyRequestsException',
        ],
        BackoffRate: 2,
      },
      {
        ErrorEquals: ['Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError', 'Runtime.HandlerError'],
        MaxAttempts: 2,
      },
    ]);
  }
});

test('no error of ours is tried again', () => {
  for (const { Retry } of Object.values(told.States)) {
    const names = ((Retry ?? []) as { ErrorEquals: string[] }[]).flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(names).not.toContain('States.ALL');
  }
  for (const name of ['Plan', 'Assemble', 'Settle']) {
    expect(JSON.stringify(state(name).Retry)).not.toContain('States.TaskFailed');
  }
});

test.each([
  ['Choose', 'choose', 'Refit'],
  ['Refit', 'refit', 'Assemble'],
])('%s: members are fitted side by side, each slice after slice until it is done', (name, phase, next) => {
  const train = state(name);
  expect(train).toMatchObject({
    Next: next,
    ItemsPath: '$.members',
    ItemSelector: { 'dataset.$': '$.dataset', 'job.$': '$.job', phase, 'index.$': '$$.Map.Item.Value' },
    MaxConcurrency: 5,
    ResultPath: null,
  });
  const { States, StartAt } = train.ItemProcessor as { StartAt: string; States: Record<string, State> };
  expect([StartAt, States.Slice?.Next, States.IsTrained?.Default]).toEqual(['Slice', 'IsTrained', 'Slice']);
  expect(States.IsTrained?.Choices).toEqual([{ Variable: '$.done', BooleanEquals: true, Next: 'Trained' }]);
});

test('the end is an event, and a message where there is a topic', () => {
  expect(state('Announce')).toMatchObject({
    Resource: 'arn:aws:states:::events:putEvents',
    Parameters: {
      Entries: [{ Source: 'tidecast', DetailType: 'Training finished', 'Detail.$': '$.result' }],
    },
    Next: 'Settle',
  });
  expect(flow.States.Notify).toBeUndefined();
  expect(nextOf(state('Announce', told))).toContain('Notify');
  expect(state('Notify', told)).toMatchObject({
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: { TopicArn: 'topic' },
  });
});

test('a job that never ends is stopped', () => {
  expect(flow.TimeoutSeconds).toBe(86_400);
});

describe('an export', () => {
  const exporting = exportFlow('export', 600);

  test('is written slice after slice until it is done', () => {
    expect(exporting).toMatchObject({ StartAt: 'Slice', TimeoutSeconds: 600 });
    expect(state('Slice', exporting)).toMatchObject({
      Resource: 'export',
      Parameters: { 'dataset.$': '$.dataset', 'export.$': '$.export' },
      Next: 'IsDone',
    });
    expect(state('IsDone', exporting)).toMatchObject({
      Choices: [{ Variable: '$.slice.done', BooleanEquals: true, Next: 'Done' }],
      Default: 'Slice',
    });
  });

  test('that cannot go on is told by its document, and fails the execution', () => {
    expect(catchesOf(state('Slice', exporting)).map(({ Next }) => Next)).toEqual(['Tell']);
    expect(state('Tell', exporting)).toMatchObject({
      Parameters: { 'dataset.$': '$.dataset', 'export.$': '$.export', 'error.$': '$.error' },
      Next: 'Failed',
    });
    expect(state('Failed', exporting).Type).toBe('Fail');
  });
});
