import { Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { alarmNames } from '../../infra/alarms.ts';
import { ownMetrics } from '../../infra/metrics.ts';
import { Tidecast } from '../../infra/tidecast.ts';
import { forecastRoutes } from '../../shared/api/routes/table.ts';
import { functionOf, makeApp, only, resources, spell, templateOf } from './support.ts';

const template = templateOf();

/** Each route: who may call it, and which function answers. */
function routes(of: Template): Record<string, string> {
  const integrations = resources(of, 'AWS::ApiGatewayV2::Integration');
  const answers = Object.fromEntries(
    integrations.map(({ id, Properties }) => [id, spell(Properties.IntegrationUri)]),
  );
  const names = (['forecast', 'manage'] as const).map((name) => [`<${functionOf(of, name).id}.Arn>`, name]);
  const nameOf = Object.fromEntries(names);
  return Object.fromEntries(
    resources(of, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => {
      const target = spell(Properties.Target).replace(/^integrations\/<(.*)>$/, '$1');
      return [Properties.RouteKey, `${Properties.AuthorizationType} ${nameOf[answers[target] ?? '']}`];
    }),
  );
}

/** What the forecast function must get, by the table that it answers by. */
const forecasts = (authorization: string) =>
  Object.fromEntries(
    forecastRoutes.map(({ definition: { method, path } }) => [
      `${method.toUpperCase()} ${path}`,
      `${authorization} forecast`,
    ]),
  );

describe('the API', () => {
  test('with tokens: the functions check them, and know where the hashes are', () => {
    expect(routes(template)).toEqual({
      ...forecasts('NONE'),
      $default: 'NONE manage',
    });
    const secret = only(template, 'AWS::SecretsManager::Secret').id;
    for (const name of ['forecast', 'manage'] as const) {
      expect(variables(template, name).TIDECAST_TOKENS_SECRET_ARN).toEqual({ 'Fn::GetAtt': [secret, 'Id'] });
    }
    expect(variables(template, 'start').TIDECAST_TOKENS_SECRET_ARN).toBeUndefined();
  });

  test('with IAM: everything but health and the description needs a signature, and there is no secret', () => {
    const iam = templateOf({ authentication: 'iam' });
    expect(routes(iam)).toEqual({
      ...forecasts('AWS_IAM'),
      $default: 'AWS_IAM manage',
      'GET /v1/health': 'NONE manage',
      'GET /v1/health/live': 'NONE manage',
      'GET /v1/health/ready': 'NONE manage',
      'GET /docs': 'NONE manage',
      'GET /openapi.json': 'NONE manage',
    });
    expect(resources(iam, 'AWS::SecretsManager::Secret')).toEqual([]);
    expect(variables(iam, 'forecast').TIDECAST_TOKENS_SECRET_ARN).toBeUndefined();
  });

  test('with JWT: the issuer and audience are checked before a function is called', () => {
    const issuer = 'https://issuer.example';
    const jwt = templateOf({ authentication: { jwt: { issuer, audience: ['one', 'two'] } } });
    expect(routes(jwt)).toMatchObject({
      ...forecasts('JWT'),
      $default: 'JWT manage',
      'GET /v1/health': 'NONE manage',
    });
    jwt.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: issuer, Audience: ['one', 'two'] },
    });
  });

  test('with JWT: the functions read scopes and datasets from the token, and are told whose it must be', () => {
    const jwt = templateOf({
      authentication: { jwt: { issuer: 'https://issuer.example', audience: ['one', 'two'] } },
    });
    for (const name of ['forecast', 'manage'] as const) {
      const { Variables } = functionOf(jwt, name).Properties.Environment;
      expect(Variables).toMatchObject({
        TIDECAST_JWT_ISSUER: 'https://issuer.example',
        TIDECAST_JWT_AUDIENCE: 'one,two',
      });
      expect(Variables.TIDECAST_TOKENS_SECRET_ARN).toBeUndefined();
      expect(functionOf(template, name).Properties.Environment.Variables.TIDECAST_JWT_ISSUER).toBeUndefined();
    }
  });

  test('is throttled: both limits, or one with the default of the other', () => {
    const limits = (props = {}) =>
      only(templateOf(props), 'AWS::ApiGatewayV2::Stage').Properties.DefaultRouteSettings;
    expect(limits()).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(limits({ throttle: { rate: 5 } })).toEqual({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 100 });
  });

  test('logs every request, with nothing that a caller could be impersonated by', () => {
    const { Format } = only(template, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    expect(JSON.parse(Format)).toMatchObject({ ip: '$context.identity.sourceIp', status: '$context.status' });
    expect(Format).not.toMatch(/authoriz|header/i);
  });

  const variables = (of: Template, name: 'start' | 'forecast' | 'manage') =>
    functionOf(of, name).Properties.Environment.Variables;
});

describe('alarms', () => {
  const alarms = resources(template, 'AWS::CloudWatch::Alarm');
  const alarm = (name: string) =>
    alarms.find(({ Properties }) => Properties.AlarmName === `Test-${name}`)?.Properties;

  test('are named after the page that says what to do', () => {
    expect(alarms.map(({ Properties }) => Properties.AlarmName)).toEqual(
      alarmNames.map((name) => `Test-${name}`),
    );
    for (const { Properties } of alarms) expect(Properties.AlarmDescription).toContain('docs/operations.md');
  });

  test('one dead letter rings', () => {
    expect(alarm('dead-letters')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      Statistic: 'Maximum',
    });
    const [queueName] = alarm('dead-letters').Dimensions;
    expect(spell(queueName.Value)).toContain('DeadLetters');
  });

  test('one job that failed rings, and one that never ended', () => {
    expect(alarm('jobs-failed')).toMatchObject({ MetricName: 'ExecutionsFailed', Threshold: 1 });
    expect(alarm('jobs-late')).toMatchObject({ MetricName: 'ExecutionsTimedOut', Threshold: 1 });
  });

  test('errors and slow answers of the API ring, by a goal of one’s own', () => {
    expect(alarm('api-errors')).toMatchObject({ MetricName: '5xx', Threshold: 5 });
    expect(alarm('api-latency')).toMatchObject({
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
      Threshold: 2000,
    });
    templateOf({ latencyGoal: Duration.millis(300) }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Latency',
      Threshold: 300,
    });
  });

  test('an old champion rings, by the metric of the function that serves it', () => {
    expect(alarm('champion-age')).toMatchObject({
      Namespace: 'Tidecast',
      MetricName: 'ChampionAgeDays',
      Dimensions: [{ Name: 'service', Value: 'Test' }],
      Threshold: 35,
    });
  });

  test('silence does not ring', () => {
    for (const { Properties } of alarms) expect(Properties.TreatMissingData).toBe('notBreaching');
  });

  test('tell nobody by default, and a topic where one is given, as does the end of a training', () => {
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toBeUndefined();
    const told = templateOf({ email: 'someone@example.com' });
    const topic = only(told, 'AWS::SNS::Topic').id;
    for (const { Properties } of resources(told, 'AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
    }
    told.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'someone@example.com',
    });
    expect(
      spell(only(told, 'AWS::StepFunctions::StateMachine', 'Training').Properties.DefinitionString),
    ).toContain(`"TopicArn":"<${topic}>"`);
  });
});

test('the dashboard shows every metric that the functions write', () => {
  const body = spell(only(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
  for (const name of Object.keys(ownMetrics)) expect(body).toContain(`"Tidecast","${name}","service","Test"`);
});

test('two of them fit into one stack under two names, with a topic of somebody else', () => {
  const { stack } = makeApp();
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111122223333:ours');
  const other = new Tidecast(stack, 'Other', { name: 'other', topic });
  expect(other.bucket).not.toBe(undefined);
  expect(() => new Tidecast(stack, 'Wrong', { name: 'not a name' })).toThrow(
    'the name must have 1..64 letters',
  );
});

test('the stack says where everything is', () => {
  expect(Object.keys(template.toJSON().Outputs)).toEqual([
    'BucketName',
    'ApiUrl',
    'TokensSecretArn',
    'StateMachineArn',
    'DeadLettersUrl',
    'DashboardName',
  ]);
});
