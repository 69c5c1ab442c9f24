import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './access.ts';
import { explainWildcard } from './explain.ts';

/** What it takes to begin jobs. */
export interface JobStarting {
  /** The state machine's name, which may be yet to be made. */
  readonly machine: string;
  /** How long uploads must have come to rest. */
  readonly quietPeriod: Duration;
}

/** The variables of a function that begins jobs. */
export const jobEnvironment = (scope: Construct, { machine, quietPeriod }: JobStarting) => ({
  TIDECAST_QUIET_SECONDS: String(quietPeriod.toSeconds()),
  TIDECAST_STATE_MACHINE_ARN: stateMachineArn(scope, machine),
});

/** Lets a function begin jobs, and see whether one runs. */
export function allowJobs(to: IFunction, { machine }: JobStarting): void {
  if (!to.role) return;
  const executions = executionsArn(to, machine);
  allow(to.role, 'StartJobs', ['states:StartExecution'], [stateMachineArn(to, machine)]);
  allow(to.role, 'SeeJobs', ['states:DescribeExecution'], [executions]);
  explainWildcard(to.role, executions, 'Executions of this machine, each named by its job.');
}

/** The ARN of a state machine that is yet to be made, by its name. */
const stateMachineArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The ARN of all its executions. */
const executionsArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
