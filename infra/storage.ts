import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { complaint } from './complaint.ts';
import { explain } from './explain.ts';
import type { TidecastProps } from './props.ts';

type StorageProps = Pick<
  TidecastProps,
  'retainData' | 'encryptionKey' | 'bucketAccessLogs' | 'runRetention' | 'versionRetention' | 'corsOrigins'
>;

/** The bucket: the only state there is. */
export class Storage extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id);
    const { encryptionKey, bucketAccessLogs, corsOrigins = [] } = props;
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      ...(bucketAccessLogs && {
        serverAccessLogsBucket: bucketAccessLogs.bucket,
        ...(bucketAccessLogs.prefix !== undefined && { serverAccessLogsPrefix: bucketAccessLogs.prefix }),
      }),
      lifecycleRules: lifecycle(props),
      // A page in a browser uploads with a presigned URL.
      ...(corsOrigins.length > 0 && {
        cors: [
          {
            allowedOrigins: [...corsOrigins],
            allowedMethods: [HttpMethods.PUT],
            allowedHeaders: ['content-type'],
          },
        ],
      }),
      removalPolicy: props.retainData === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    sendEvents(this.bucket);
    if (!bucketAccessLogs) {
      explain(
        this.bucket,
        'AwsSolutions-S1',
        'Access logs need a second bucket, which is the account’s to choose: option bucketAccessLogs.',
      );
    }
  }
}

function lifecycle({ runRetention = Duration.days(30), versionRetention = Duration.days(30) }: StorageProps) {
  return [
    { id: 'runs-are-working-files', prefix: 'runs/', expiration: wholeDays('runRetention', runRetention) },
    // Answers to requests with an Idempotency-Key are given again for a day.
    { id: 'staged-uploads-wait-for-a-commit', prefix: 'staging/', expiration: Duration.days(7) },
    { id: 'exports-are-fetched', prefix: 'exports/', expiration: Duration.days(7) },
    { id: 'requests-are-repeated-at-once', prefix: 'requests/', expiration: Duration.days(2) },
    {
      id: 'former-versions',
      noncurrentVersionExpiration: wholeDays('versionRetention', versionRetention),
      // What is left of a deleted object once its versions are gone.
      expiredObjectDeleteMarker: true,
    },
    { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
  ];
}

function wholeDays(option: string, time: Duration): Duration {
  const days = time.toDays({ integral: false });
  if (days >= 1 && Number.isInteger(days)) return time;
  throw complaint(`${option} must be whole days, at least one`, `${days} days`, 'S3 expires by the day');
}

/** Events to EventBridge, by the resource itself: the CDK's own option would add a helper function in Python. */
function sendEvents(bucket: Bucket): void {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new Error('a Bucket is expected to be made of a CfnBucket');
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
