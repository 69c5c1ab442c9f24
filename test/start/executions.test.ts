import type { SFNClient } from '@aws-sdk/client-sfn';
import { stepFunctions } from '../../shared/start/index.ts';

const arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:tidecast-training';

/** A client that answers each command by its name, and keeps what it was sent. */
function client(answers: Readonly<Record<string, object>>) {
  const sent: [string, object][] = [];
  const send = async (command: {
    readonly constructor: { readonly name: string };
    readonly input: object;
  }) => {
    const { name } = command.constructor;
    sent.push([name, command.input]);
    const answer = answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, client: { send } as unknown as Pick<SFNClient, 'send'> };
}

const error = (name: string) => Object.assign(new Error(name), { name });
const job = { dataset: 'd', job: 'j' };

test("an execution begins under the job's name, with the dataset and the job as its input", async () => {
  const { sent, client: sdk } = client({ StartExecutionCommand: { executionArn: 'x' } });
  expect(await stepFunctions(arn, sdk).start('j-2', job)).toBe(true);
  expect(sent).toEqual([
    ['StartExecutionCommand', { stateMachineArn: arn, name: 'j-2', input: '{"dataset":"d","job":"j"}' }],
  ]);
});

test('a name that was used is told, other faults are passed on', async () => {
  const used = client({ StartExecutionCommand: error('ExecutionAlreadyExists') });
  expect(await stepFunctions(arn, used.client).start('j', job)).toBe(false);
  const fault = client({ StartExecutionCommand: error('ThrottlingException') });
  await expect(stepFunctions(arn, fault.client).start('j', job)).rejects.toThrow('ThrottlingException');
});

test.each<[string, object, string]>([
  ['RUNNING', { status: 'RUNNING' }, 'running'],
  ['PENDING_REDRIVE', { status: 'PENDING_REDRIVE' }, 'running'],
  ['SUCCEEDED', { status: 'SUCCEEDED' }, 'over'],
  ['FAILED', { status: 'FAILED' }, 'over'],
  ['ABORTED', { status: 'ABORTED' }, 'over'],
  ['TIMED_OUT', { status: 'TIMED_OUT' }, 'over'],
  ['absent', error('ExecutionDoesNotExist'), 'none'],
])('an execution that is %s', async (_, answer, expected) => {
  const { sent, client: sdk } = client({ DescribeExecutionCommand: answer });
  expect(await stepFunctions(arn, sdk).state('j')).toBe(expected);
  const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:tidecast-training:j';
  expect(sent).toEqual([['DescribeExecutionCommand', { executionArn }]]);
});

test('a fault while asking is passed on', async () => {
  const { client: sdk } = client({ DescribeExecutionCommand: error('AccessDeniedException') });
  await expect(stepFunctions(arn, sdk).state('j')).rejects.toThrow('AccessDeniedException');
});
