/** A state of the Amazon States Language. */
export type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/** What a state machine does. */
export interface Flow {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

/**
 * Only what may pass by itself is tried again. An error of ours (bad data, a bug) comes back the same, so it ends
 * the execution at once.
 */
const retries = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 6,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
  {
    // The sandbox was killed: out of time or memory, or lost. Every step resumes or repeats without harm, but one
    // that dies each time is not to go on for ever. The last name is an emulator's (docs/decisions/0007-emulator.md).
    ErrorEquals: ['Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError', 'Runtime.HandlerError'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxAttempts: 2,
  },
];

/** A state that calls a function. */
export const call = (resource: string, parameters: object, more: object): State => ({
  Type: 'Task',
  Resource: resource,
  Parameters: parameters,
  Retry: retries,
  ...more,
});
