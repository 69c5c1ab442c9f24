import type { SFNClient } from '@aws-sdk/client-sfn';

/** What an execution is given. */
type Input = Readonly<Record<string, string>>;

/** What runs jobs, or exports: a state machine, or a fake of one. */
export interface Executions<I extends Input = { readonly dataset: string; readonly job: string }> {
  /**
   * Begins an execution. Doing so again while it runs changes nothing.
   *
   * @returns false where an execution of this name has ended: a name can be used once
   */
  start(name: string, input: I): Promise<boolean>;
  /** `none` where there never was one of this name. What has just begun may still be `none`. */
  state(name: string): Promise<'running' | 'over' | 'none'>;
}

/** Loaded on first use, as the store's is. */
const load = () => import('@aws-sdk/client-sfn');

/** Executions of a state machine (Standard) of Step Functions. */
export function stepFunctions<I extends Input>(
  stateMachineArn: string,
  given?: Pick<SFNClient, 'send'>,
): Executions<I> {
  let client = given;
  const open = async () => {
    const sdk = await load();
    client ??= new sdk.SFNClient({});
    return { sdk, client };
  };
  const executionArn = (name: string) =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    async start(name, input) {
      const { sdk, client } = await open();
      const command = new sdk.StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
      return client.send(command).then(() => true, falseWhere('ExecutionAlreadyExists'));
    },
    async state(name) {
      const { sdk, client } = await open();
      const command = new sdk.DescribeExecutionCommand({ executionArn: executionArn(name) });
      const found = await client.send(command).catch(falseWhere('ExecutionDoesNotExist'));
      if (!found) return 'none';
      // A redrive waits for nothing of ours: it is as good as running.
      return found.status === 'RUNNING' || found.status === 'PENDING_REDRIVE' ? 'running' : 'over';
    },
  };
}

const falseWhere =
  (name: string) =>
  (error: unknown): false => {
    if ((error as Error).name === name) return false;
    throw error;
  };
