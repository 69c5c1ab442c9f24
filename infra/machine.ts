import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from './access.ts';
import { explain } from './explain.ts';
import type { Flow } from './flow/index.ts';
import type { FunctionSettings } from './function.ts';

interface MachineProps {
  readonly name: string;
  readonly flow: Flow;
  /** What it may call. */
  readonly functions: readonly IFunction[];
  readonly settings: FunctionSettings;
}

interface Machine {
  readonly stateMachine: StateMachine;
  readonly role: Role;
}

/** A state machine with a log, and a role of its own that may call its functions. */
export function addMachine(scope: Construct, { name, flow, functions, settings }: MachineProps): Machine {
  const logGroup = new LogGroup(scope, 'MachineLog', {
    // Under this prefix, AWS does not write one more statement into the account's one log policy, which is small.
    logGroupName: `/aws/vendedlogs/states/${name}`,
    retention: settings.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'MachineRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
  allow(
    role,
    'CallFunctions',
    ['lambda:InvokeFunction'],
    functions.map((each) => each.functionArn),
  );
  explain(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'Delivering logs and tracing know no resources: AWS documents both for state machines with a wildcard.',
  );
  const stateMachine = new StateMachine(scope, 'Machine', {
    stateMachineName: name,
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(flow)),
    role,
    logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: true },
    tracingEnabled: true,
  });
  return { stateMachine, role };
}
