import { functionNames } from '../../infra/props.ts';
import { functionOf, grants, may, only, resources, templateOf } from './support.ts';

const template = templateOf();
const of = (name: (typeof functionNames)[number]) => grants(template, name);
/** The bucket's part of what a function may do, one line for each pattern of keys. */
const bucketOf = (name: (typeof functionNames)[number]) =>
  of(name)
    .filter(({ action }) => action.startsWith('s3:') && action !== 's3:ListBucket')
    .map(({ action, resource }) => `${action} ${resource.replace(/^<\w*Bucket\w*\.Arn>\//, '')}`)
    .sort();

test('start reads jobs and pointers, not what was uploaded, and writes jobs', () => {
  expect(bucketOf('start')).toEqual([
    's3:GetObject jobs/*',
    's3:GetObject models/*/current.json',
    's3:PutObject jobs/*',
  ]);
});

test('plan reads datasets and models, and writes runs and jobs', () => {
  expect(bucketOf('plan')).toEqual([
    's3:GetObject datasets/*',
    's3:GetObject jobs/*',
    's3:GetObject models/*',
    's3:GetObject runs/*',
    's3:PutObject jobs/*',
    's3:PutObject runs/*',
  ]);
});

test('preview reads what is uploaded and staged, and writes nothing; manage alone calls it', () => {
  expect(bucketOf('preview')).toEqual(['s3:GetObject datasets/*', 's3:GetObject staging/*']);
  const callers = functionNames.filter((name) =>
    of(name).some(({ action }) => action === 'lambda:InvokeFunction'),
  );
  expect(callers).toEqual(['manage']);
  expect(of('manage').filter(({ action }) => action === 'lambda:InvokeFunction')).toEqual([
    { action: 'lambda:InvokeFunction', resource: `<${functionOf(template, 'preview').id}.Arn>` },
  ]);
});

test('export reads models and series, and writes and removes exports alone', () => {
  expect(bucketOf('export')).toEqual([
    's3:DeleteObject exports/*',
    's3:GetObject exports/*',
    's3:GetObject models/*',
    's3:GetObject series/*',
    's3:PutObject exports/*',
  ]);
});

test('train sees runs and jobs only', () => {
  expect(bucketOf('train')).toEqual([
    's3:GetObject jobs/*',
    's3:GetObject runs/*',
    's3:PutObject jobs/*',
    's3:PutObject runs/*',
  ]);
});

test('assemble writes models and series, and deletes nothing but parts of series', () => {
  expect(bucketOf('assemble')).toEqual([
    's3:DeleteObject series/*',
    's3:GetObject jobs/*',
    's3:GetObject models/*',
    's3:GetObject runs/*',
    's3:GetObject series/*',
    's3:PutObject jobs/*',
    's3:PutObject models/*',
    's3:PutObject series/*',
  ]);
});

test('forecast reads models, adds observations to series, and remembers requests', () => {
  expect(bucketOf('forecast')).toEqual([
    's3:DeleteObject series/*',
    's3:GetObject models/*',
    's3:GetObject requests/*',
    's3:GetObject series/*',
    's3:PutObject requests/*',
    's3:PutObject series/*',
  ]);
});

test('manage may sign uploads to datasets, of which it reads configurations alone, and remove what it lists', () => {
  expect(bucketOf('manage')).toEqual([
    's3:DeleteObject datasets/*',
    's3:DeleteObject exports/*',
    's3:DeleteObject jobs/*',
    's3:DeleteObject models/*',
    's3:DeleteObject runs/*',
    's3:DeleteObject series/*',
    's3:DeleteObject staging/*',
    's3:GetObject datasets/*/tidecast.yaml',
    's3:GetObject exports/*',
    's3:GetObject jobs/*',
    's3:GetObject models/*',
    's3:GetObject requests/*',
    's3:GetObject runs/*.curve',
    's3:GetObject series/*',
    's3:GetObject staging/*',
    's3:PutObject datasets/*',
    's3:PutObject exports/*',
    's3:PutObject jobs/*',
    's3:PutObject models/*/current.json',
    's3:PutObject requests/*',
    's3:PutObject staging/*',
  ]);
  expect(may(of('manage'), 's3:PutObject', 'models/sales/v/forecaster.onnx')).toBe(false);
  expect(may(of('manage'), 's3:GetObject', 'datasets/sales/a.csv')).toBe(false);
});

test('a list is allowed under a prefix only', () => {
  const lists = functionNames.flatMap((name) => of(name)).filter(({ action }) => action === 's3:ListBucket');
  for (const { condition } of lists) expect(JSON.stringify(condition)).toContain('"s3:prefix":["');
  expect(may(of('start'), 's3:ListBucket', 'datasets/sales/')).toBe(true);
  expect(may(of('start'), 's3:ListBucket', 'models/sales/')).toBe(false);
  expect(may(of('manage'), 's3:ListBucket', 'jobs/')).toBe(true);
  expect(may(of('manage'), 's3:ListBucket', 'datasets/')).toBe(true);
  expect(may(of('forecast'), 's3:ListBucket', 'datasets/')).toBe(false);
  expect(may(of('train'), 's3:ListBucket', '')).toBe(false);
});

test('who may read a prefix is told that a key is absent: S3 says 403 to who may not list', () => {
  for (const name of functionNames) {
    const read = bucketOf(name).flatMap((line) => line.match(/^s3:GetObject (.*)$/)?.[1] ?? []);
    const told = of(name).flatMap(({ action, condition }) =>
      action === 's3:ListBucket' ? [condition] : [],
    ) as Record<string, Record<string, string[]>>[];
    // A read names no prefix, so the condition must hold without one.
    const patterns = told.flatMap((condition) => condition.StringLikeIfExists?.['s3:prefix'] ?? []);
    expect(patterns.sort()).toEqual(read.sort());
  }
});

test('no policy names an action by wildcard, and only logs of the machine and traces name all resources', () => {
  const roles = [...functionNames, 'TrainingMachineRole', 'ExportsMachineRole'] as const;
  for (const role of roles) {
    for (const { action, resource } of grants(template, role)) {
      expect(action).not.toContain('*');
      if (resource === '*')
        expect(action).toMatch(/^(xray:(Put|GetSampling)|logs:.*(LogDeliver|ResourcePolic|LogGroups))/);
    }
  }
});

test('no role has a managed policy, and each function has a role of its own', () => {
  const roles = resources(template, 'AWS::IAM::Role');
  for (const { Properties } of roles) expect(Properties.ManagedPolicyArns).toBeUndefined();
  const used = functionNames.map((name) => JSON.stringify(functionOf(template, name).Properties.Role));
  expect(new Set(used).size).toBe(functionNames.length);
});

test('a function writes its own log and no other', () => {
  for (const name of functionNames) {
    const logs = of(name).filter(({ action }) => action.startsWith('logs:'));
    expect(logs.map(({ action }) => action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    const log = functionOf(template, name).Properties.LoggingConfig.LogGroup.Ref;
    for (const { resource } of logs) expect(resource).toBe(`<${log}.Arn>`);
  }
});

test('start and manage alone start jobs, manage exports, and only those of their own machines', () => {
  const jobs = [
    'states:StartExecution stateMachine:Test-training',
    'states:DescribeExecution execution:Test-training:*',
  ];
  const machine = only(template, 'AWS::StepFunctions::StateMachine', 'Exports').id;
  for (const name of functionNames) {
    const states = of(name).filter(({ action }) => action.startsWith('states:'));
    expect(
      states.map(({ action, resource }) => `${action} ${resource.replace(/^.*<AWS::AccountId>:/, '')}`),
    ).toEqual({ start: jobs, manage: [...jobs, `states:StartExecution <${machine}>`] }[name as string] ?? []);
  }
});

test('only what answers requests reads the hashes of the tokens', () => {
  const readers = functionNames.filter((name) =>
    of(name).some(({ action }) => action.startsWith('secretsmanager:')),
  );
  expect(readers).toEqual(['forecast', 'manage']);
  const actions = of('manage').flatMap(({ action }) =>
    action.startsWith('secretsmanager:') ? [action] : [],
  );
  expect(actions).toEqual(['secretsmanager:GetSecretValue']);
});

test('the state machine calls the functions of a job, and sends events under our name only', () => {
  const all = grants(template, 'TrainingMachineRole').filter(({ resource }) => resource !== '*');
  expect(all.map(({ action, resource }) => [action, resource.replace(/[0-9A-F]{8}(?=\.Arn)/, '')])).toEqual([
    ['lambda:InvokeFunction', '<TidecastTrainingStart.Arn>'],
    ['lambda:InvokeFunction', '<TidecastTrainingPlan.Arn>'],
    ['lambda:InvokeFunction', '<TidecastTrainingTrain.Arn>'],
    ['lambda:InvokeFunction', '<TidecastTrainingAssemble.Arn>'],
    ['events:PutEvents', expect.stringMatching(/event-bus\/default$/)],
  ]);
  expect(all.at(-1)?.condition).toEqual({ StringEquals: { 'events:source': 'tidecast' } });
});

test('the state machine of exports calls its function and nothing else', () => {
  const all = grants(template, 'ExportsMachineRole').filter(({ resource }) => resource !== '*');
  expect(all).toEqual([
    { action: 'lambda:InvokeFunction', resource: `<${functionOf(template, 'export').id}.Arn>` },
  ]);
});

test('with a key of KMS, readers decrypt and only writers make data keys', () => {
  const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000';
  const encrypted = templateOf({ keyArn });
  const uses = (name: (typeof functionNames)[number]) =>
    grants(encrypted, name).flatMap(({ action, resource }) => (resource === keyArn ? [action] : []));
  expect(uses('forecast')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  expect(uses('train')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  expect(uses('assemble')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  encrypted.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { KMSMasterKeyID: keyArn, SSEAlgorithm: 'aws:kms' } },
      ],
    },
  });
});
