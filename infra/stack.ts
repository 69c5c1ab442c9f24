import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { TidecastProps } from './props.ts';
import { Tidecast } from './tidecast.ts';

export interface TidecastStackProps extends StackProps, Omit<TidecastProps, 'topic' | 'encryptionKey'> {
  /** Told of finished trainings and alarms. */
  readonly email?: string;
  /** A KMS key for the bucket's objects. */
  readonly keyArn?: string;
}

/** Tidecast as a stack of its own, with outputs that the commands of the project read. */
export class TidecastStack extends Stack {
  constructor(scope: Construct, id: string, { email, keyArn, ...props }: TidecastStackProps = {}) {
    super(scope, id, {
      description: 'Tidecast: upload a table of time series, get a forecasting API',
      ...props,
    });
    const { storage, training, serving, observability } = new Tidecast(this, 'Tidecast', {
      ...props,
      ...(email !== undefined && { topic: mail(this, email) }),
      ...(keyArn !== undefined && { encryptionKey: Key.fromKeyArn(this, 'Key', keyArn) }),
    });

    const outputs: Record<string, readonly [value: string | undefined, description: string]> = {
      BucketName: [storage.bucket.bucketName, 'Upload tables to datasets/NAME/ in this bucket'],
      ApiUrl: [serving.api.apiEndpoint, 'Where forecasts are asked for'],
      TokensSecretArn: [serving.tokensArn, 'Hashes of the tokens; npm run token edits them'],
      StateMachineArn: [training.stateMachine.stateMachineArn, 'Runs the jobs'],
      DeadLettersUrl: [training.uploads.deadLetters.queueUrl, 'Events that could not be handled'],
      DashboardName: [observability.dashboard.dashboardName, 'In CloudWatch'],
    };
    for (const [name, [value, description]] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value, description });
    }
  }
}

function mail(scope: Construct, email: string): Topic {
  const topic = new Topic(scope, 'Topic', { displayName: 'Tidecast', enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  return topic;
}
