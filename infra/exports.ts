import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { exportFlow } from './flow/index.ts';
import { addFunction, type FunctionSettings } from './function.ts';
import { addMachine } from './machine.ts';

/** The bound on what an export can cost: a million items take minutes. */
const longest = Duration.hours(6);

/** Forecasts for all items of a dataset: a function, called slice after slice. */
export class Exports extends Construct {
  readonly stateMachine: StateMachine;
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: FunctionSettings }) {
    super(scope, id);
    this.function = addFunction(this, 'export', settings);
    const flow = exportFlow(this.function.functionArn, longest.toSeconds());
    const name = `${settings.service}-export`;
    this.stateMachine = addMachine(this, { name, flow, functions: [this.function], settings }).stateMachine;
  }
}
