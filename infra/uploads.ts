import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { complaint } from './complaint.ts';

interface UploadsProps {
  readonly bucket: Bucket;
  readonly quietPeriod: Duration;
  readonly consumerTimeout: Duration;
}

/** The way of an upload's event: bucket → EventBridge → queue, where it waits out the quiet period. */
export class Uploads extends Construct {
  readonly queue: Queue;
  /** Events that could not be handled in five attempts, or not be put into the queue. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { bucket, quietPeriod, consumerTimeout }: UploadsProps) {
    super(scope, id);
    const seconds = quietPeriod.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds > 900) {
      throw complaint(
        'quietPeriod must be whole seconds, at most 900 (what a queue can delay)',
        `${seconds} seconds`,
        'choose a shorter one',
      );
    }
    const encrypted = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...encrypted, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...encrypted,
      deliveryDelay: quietPeriod,
      // AWS asks for six times the consumer's timeout, so that a throttled consumer does not use up the receives.
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, 'Rule', {
      description: 'Uploads to datasets/, and deletions there, start a training',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', 'Object Deleted'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: [{ prefix: 'datasets/' }] },
        },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
  }

  /** Calls `consumer` with batches of events; what it reports as failed comes again. */
  feed(consumer: IFunction): void {
    consumer.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        reportBatchItemFailures: true,
        // A limit without reserving concurrency. Two are enough to list folders, and more would only contend.
        maxConcurrency: 2,
      }),
    );
  }
}
