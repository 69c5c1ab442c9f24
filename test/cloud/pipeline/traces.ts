import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readLatest } from '../../../shared/documents/index.ts';
import { looks } from '../support/deployment.ts';
import { listening } from '../support/emulator.ts';
import { durations } from '../support/functions.ts';
import type { Stage } from './stage.ts';

/** What the run has left in logs and histories. */
export function describeTraces(stage: () => Stage): void {
  test('the logs show that events fired, that every function ran, and how long each call took', async () => {
    const { deployment, times } = stage();
    for (const deployed of deployment.functions) {
      const all = (await durations(deployed)).toSorted((a, b) => a - b);
      const [fastest = 0, median = 0, slowest = 0] = [all[0], all[all.length >> 1], all.at(-1)];
      times.push(
        `${deployed.name}: ${all.length} calls of ${fastest}, ${median}, ${slowest} ms (least, median, most)`,
      );
      expect(slowest).toBeGreaterThan(0);
    }
    const said = await looks(deployment, 'electricity');
    const events = said.reduce((sum, { messages }) => sum + messages, 0);
    times.push(
      `events of electricity: ${events} in ${said.length} looks: ${said.map(({ kind }) => kind).join(', ')}`,
    );
    // The configuration, the table, and the table again.
    expect(events).toBe(3);
  }, 300_000);

  test('an execution goes from plan to settling, and announces what it made', async () => {
    const { deployment } = stage();
    const latest = await readLatest(deployment.store, 'electricity');
    const { events = [] } = await new SFNClient({}).send(
      new GetExecutionHistoryCommand({
        executionArn: `${deployment.outputs.StateMachineArn.replace(':stateMachine:', ':execution:')}:${latest?.job}`,
        // Members have many slices, and each is several events.
        maxResults: 1000,
      }),
    );
    const states = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    expect(states).toEqual([
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
  }, 300_000);

  test('nothing is in the dead-letter queue, and nothing listens but on 127.0.0.1', async () => {
    const { cloud, deployment } = stage();
    const { Attributes } = await new SQSClient({ useQueueUrlAsEndpoint: false }).send(
      new GetQueueAttributesCommand({
        QueueUrl: deployment.outputs.DeadLettersUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('0');
    expect(listening(cloud.emulator.group)).toEqual([`127.0.0.1:${cloud.emulator.port}`]);
  });
}
