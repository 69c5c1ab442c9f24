import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { functionOf, functionsOf, only, resources, spell, templateOf } from './support.ts';

const template = templateOf();
const bucket = only(template, 'AWS::S3::Bucket');
const queue = only(template, 'AWS::SQS::Queue', 'UploadsQueue');
const deadLetters = only(template, 'AWS::SQS::Queue', 'DeadLetters');
const start = functionOf(template, 'start');

describe('what is kept', () => {
  test('the bucket stays when the stack is removed, unless told otherwise', () => {
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(only(templateOf({ retainData: false }), 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete');
  });

  test('overwritten and deleted objects can be brought back for 30 days', () => {
    expect(bucket.Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(rule('former-versions')).toMatchObject({
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      ExpiredObjectDeleteMarker: true,
    });
  });

  test('only the working files of jobs, staged uploads, exports and answers to repeated requests expire; broken uploads are removed', () => {
    const expiring = bucket.Properties.LifecycleConfiguration.Rules.filter(
      ({ ExpirationInDays }: { ExpirationInDays?: number }) => ExpirationInDays !== undefined,
    );
    expect(expiring).toEqual([
      { Id: 'runs-are-working-files', Prefix: 'runs/', ExpirationInDays: 30, Status: 'Enabled' },
      { Id: 'staged-uploads-wait-for-a-commit', Prefix: 'staging/', ExpirationInDays: 7, Status: 'Enabled' },
      { Id: 'exports-are-fetched', Prefix: 'exports/', ExpirationInDays: 7, Status: 'Enabled' },
      { Id: 'requests-are-repeated-at-once', Prefix: 'requests/', ExpirationInDays: 2, Status: 'Enabled' },
    ]);
    expect(rule('broken-uploads')).toMatchObject({
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    });
  });

  test('a retention that S3 cannot keep is refused', () => {
    expect(() => templateOf({ runRetention: Duration.hours(36) })).toThrow(
      'runRetention must be whole days, at least one, got 1.5 days',
    );
  });

  test('every log group has a retention and goes with the stack', () => {
    for (const logs of [90, 30]) {
      const made = logs === 90 ? template : templateOf({ logRetention: RetentionDays.ONE_MONTH });
      const groups = resources(made, 'AWS::Logs::LogGroup');
      expect(groups).toHaveLength(11);
      for (const { Properties, DeletionPolicy } of groups) {
        expect([Properties.RetentionInDays, DeletionPolicy]).toEqual([logs, 'Delete']);
      }
    }
  });

  const rule = (id: string) =>
    bucket.Properties.LifecycleConfiguration.Rules.find(({ Id }: { Id: string }) => Id === id);
});

describe('what is closed', () => {
  test('nobody public reaches the bucket, no access list opens it, and it speaks TLS only', () => {
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([denied('s3:*')]) },
    });
  });

  test('data lies encrypted: bucket and queues', () => {
    expect(bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    for (const { Properties } of [queue, deadLetters]) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  test('queues speak TLS only and take messages from the rule alone', () => {
    const policies = resources(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(2);
    const source = only(template, 'AWS::Events::Rule').id;
    for (const { Properties } of policies) {
      const [deny, ...allow] = Properties.PolicyDocument.Statement;
      expect(deny).toMatchObject({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      for (const statement of allow) {
        expect(statement.Principal).toEqual({ Service: 'events.amazonaws.com' });
        expect(spell(statement.Condition.ArnEquals['aws:SourceArn'])).toBe(`<${source}.Arn>`);
      }
    }
  });

  test('a secret is made with no token in it, and left alone afterwards', () => {
    expect(only(template, 'AWS::SecretsManager::Secret').Properties.SecretString).toBe('{"tokens":[]}');
  });

  test('no web page may call the API or upload, unless its origin is named', () => {
    expect(only(template, 'AWS::ApiGatewayV2::Api').Properties.CorsConfiguration).toBeUndefined();
    expect(bucket.Properties.CorsConfiguration).toBeUndefined();
    const open = templateOf({ corsOrigins: ['https://example.com'] });
    open.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: { AllowOrigins: ['https://example.com'], AllowCredentials: Match.absent() },
    });
    open.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [{ AllowedOrigins: ['https://example.com'], AllowedMethods: ['PUT'] }],
      },
    });
  });

  const denied = (Action: string) =>
    Match.objectLike({ Effect: 'Deny', Action, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
});

describe('the way of an upload', () => {
  test('events come from our bucket and from datasets/ only', () => {
    expect(bucket.Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(only(template, 'AWS::Events::Rule').Properties.EventPattern).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created', 'Object Deleted'],
      detail: { bucket: { name: [{ Ref: bucket.id }] }, object: { key: [{ prefix: 'datasets/' }] } },
    });
  });

  test('no helper function is deployed: only ours, on Node 22, without a container', () => {
    const all = resources(template, 'AWS::Lambda::Function');
    expect(all).toHaveLength(functionsOf(template).length);
    for (const { Properties } of all)
      expect([Properties.Runtime, Properties.PackageType]).toEqual(['nodejs22.x', undefined]);
  });

  test('the queue waits out the quiet period, which start is told', () => {
    expect([queue.Properties.DelaySeconds, variables(start).TIDECAST_QUIET_SECONDS]).toEqual([30, '30']);
    const patient = templateOf({ quietPeriod: Duration.minutes(5) });
    expect(only(patient, 'AWS::SQS::Queue', 'UploadsQueue').Properties.DelaySeconds).toBe(300);
    expect(variables(functionOf(patient, 'start')).TIDECAST_QUIET_SECONDS).toBe('300');
    expect(() => templateOf({ quietPeriod: Duration.minutes(16) })).toThrow(
      'quietPeriod must be whole seconds',
    );
  });

  test('an event that fails five times is kept apart for two weeks', () => {
    expect(queue.Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(deadLetters.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    const [target] = only(template, 'AWS::Events::Rule').Properties.Targets;
    expect(target.DeadLetterConfig.Arn).toEqual({ 'Fn::GetAtt': [deadLetters.id, 'Arn'] });
  });

  test('of a batch only what failed comes again, and not while start may still be at it', () => {
    expect(only(template, 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    expect(queue.Properties.VisibilityTimeout).toBe(6 * start.Properties.Timeout);
  });

  test('start is told the ARN that the state machine will have', () => {
    const machine = only(template, 'AWS::StepFunctions::StateMachine', 'Training').Properties;
    expect(machine.StateMachineName).toBe('Test-training');
    expect(spell(variables(start).TIDECAST_STATE_MACHINE_ARN)).toBe(
      'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:Test-training',
    );
  });
});

describe('functions', () => {
  test('know the bucket and their service; start, plan and train know more of training', () => {
    for (const each of functionsOf(template)) {
      expect(variables(each)).toMatchObject({
        TIDECAST_BUCKET: { Ref: bucket.id },
        POWERTOOLS_SERVICE_NAME: 'Test',
        POWERTOOLS_METRICS_NAMESPACE: 'Tidecast',
        POWERTOOLS_LOG_LEVEL: 'INFO',
      });
    }
    const crowd = templateOf({ parallelMembers: 3 });
    const counts = [template, crowd].map(
      (one) => variables(functionOf(one, 'plan')).TIDECAST_PARALLEL_MEMBERS,
    );
    expect(counts).toEqual(['5', '3']);
    const sliced = templateOf({ sliceTime: Duration.seconds(3) });
    const told = functionsOf(sliced).filter((each) => variables(each).TIDECAST_SLICE_SECONDS === '3');
    expect(told.map(({ id }) => id)).toEqual([functionOf(sliced, 'train').id]);
    expect(() => templateOf({ sliceTime: Duration.minutes(15) })).toThrow('sliceTime must be 1..870 seconds');
  });

  test('answer within the 30 seconds of an HTTP API, and train for the 15 minutes of a Lambda', () => {
    const seconds = functionsOf(template).map(({ Properties }) => Properties.Timeout);
    expect(seconds).toEqual([60, 900, 900, 900, 25, 900, 29, 29]);
  });

  test('fit a new account: at most 3008 MiB, and no concurrency reserved', () => {
    for (const { Properties } of functionsOf(template)) {
      expect(Properties.MemorySize).toBeLessThanOrEqual(3008);
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    }
  });

  test('take sizes one by one, and keep the defaults of the others', () => {
    const sized = templateOf({
      functions: { train: { memory: 3538, storage: 2048, reservedConcurrency: 20 } },
    });
    expect(functionOf(sized, 'train').Properties).toMatchObject({
      MemorySize: 3538,
      EphemeralStorage: { Size: 2048 },
      ReservedConcurrentExecutions: 20,
    });
    for (const name of ['plan', 'forecast'] as const) {
      expect(functionOf(sized, name).Properties.MemorySize).toBe(
        functionOf(template, name).Properties.MemorySize,
      );
    }
  });

  test('run on x64, or all on arm64', () => {
    const kinds = (props = {}) =>
      functionsOf(templateOf(props)).map(({ Properties }) => Properties.Architectures.join());
    expect(new Set(kinds())).toEqual(new Set(['x86_64']));
    expect(new Set(kinds({ architecture: 'arm64' }))).toEqual(new Set(['arm64']));
  });

  test('are traced, and so are the state machines, which log what they do', () => {
    for (const { Properties } of functionsOf(template)) {
      expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
    }
    const machines = resources(template, 'AWS::StepFunctions::StateMachine');
    expect(machines).toHaveLength(2);
    for (const { Properties } of machines) {
      expect(Properties).toMatchObject({
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
      });
    }
  });
});

const variables = ({ Properties }: ReturnType<typeof functionOf>) => Properties.Environment.Variables;
