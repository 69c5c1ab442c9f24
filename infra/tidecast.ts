import { Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { complaint } from './complaint.ts';
import { Exports } from './exports.ts';
import type { FunctionSettings } from './function.ts';
import { Observability } from './observability.ts';
import type { TidecastProps } from './props.ts';
import { Serving } from './serving.ts';
import { Storage } from './storage.ts';
import { Training } from './training.ts';

/**
 * Upload a table of time series, get a forecasting API: a bucket, a pipeline that trains what is uploaded to it,
 * an HTTP API that forecasts, and what watches over them.
 *
 * ```ts
 * const tidecast = new Tidecast(stack, 'Tidecast', { quietPeriod: Duration.minutes(5) });
 * tidecast.bucket.grantPut(writer, 'datasets/sales/*');
 * ```
 */
export class Tidecast extends Construct {
  readonly storage: Storage;
  readonly training: Training;
  readonly exports: Exports;
  readonly serving: Serving;
  readonly observability: Observability;

  constructor(scope: Construct, id: string, props: TidecastProps = {}) {
    super(scope, id);
    const service = checkName(props.name ?? Stack.of(this).stackName);
    this.storage = new Storage(this, 'Storage', props);
    const settings: FunctionSettings = {
      service,
      bucket: this.storage.bucket,
      encryptionKey: props.encryptionKey,
      architecture: props.architecture ?? 'x64',
      logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      logLevel: props.logLevel ?? 'INFO',
      functions: props.functions ?? {},
    };
    this.training = new Training(this, 'Training', { ...props, settings });
    const { jobs, preview } = this.training;
    this.exports = new Exports(this, 'Exports', { settings });
    const exportMachine = this.exports.stateMachine.stateMachineArn;
    this.serving = new Serving(this, 'Serving', { ...props, settings, jobs, preview, exportMachine });
    this.observability = new Observability(this, 'Observability', {
      service,
      api: this.serving.api,
      stage: this.serving.stage,
      stateMachine: this.training.stateMachine,
      queue: this.training.uploads.queue,
      deadLetters: this.training.uploads.deadLetters,
      latencyGoal: props.latencyGoal ?? Duration.seconds(2),
      championAgeGoal: props.championAgeGoal ?? Duration.days(35),
      topic: props.topic,
    });
  }

  get bucket() {
    return this.storage.bucket;
  }
}

/** The name becomes part of other names, the shortest of which (a state machine's) may have 80 characters. */
function checkName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) return name;
  throw complaint(
    "the name must have 1..64 letters, digits, '_' or '-' and begin with a letter or digit",
    `"${name}"`,
    'give the option name',
  );
}
