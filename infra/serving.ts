import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { crossOriginRules } from '../shared/cors/index.ts';
import { allow } from './access.ts';
import { explain } from './explain.ts';
import { addFunction, type FunctionSettings } from './function.ts';
import { allowJobs, type JobStarting, jobEnvironment } from './jobs.ts';
import type { Authentication, TidecastProps } from './props.ts';

interface ServingProps extends Pick<TidecastProps, 'authentication' | 'corsOrigins' | 'throttle'> {
  readonly settings: FunctionSettings;
  /** What it takes to begin jobs. */
  readonly jobs: JobStarting;
  /** Reads what was staged. */
  readonly preview: IFunction;
  /** The ARN of the state machine that carries out exports. */
  readonly exportMachine: string;
}

/** The HTTP API: one function forecasts, another answers everything else. */
export class Serving extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly forecast: IFunction;
  readonly manage: IFunction;
  /** The tokens' hashes; none where callers show something else. */
  readonly tokens: Secret | undefined;
  readonly tokensArn: string | undefined;

  constructor(scope: Construct, id: string, props: ServingProps) {
    super(scope, id);
    const { settings, jobs, preview, exportMachine, authentication = 'token', corsOrigins = [] } = props;

    this.tokens = authentication === 'token' ? tokenSecret(this, settings.service) : undefined;
    const tokensArn = this.tokens && arnOf(this.tokens);
    this.tokensArn = tokensArn;
    const environment = {
      ...(tokensArn && { TIDECAST_TOKENS_SECRET_ARN: tokensArn }),
      ...jwtEnvironment(authentication),
    };
    const forecast = addFunction(this, 'forecast', settings, environment);
    const manage = addFunction(this, 'manage', settings, {
      ...environment,
      ...jobEnvironment(this, jobs),
      TIDECAST_PREVIEW_FUNCTION_ARN: preview.functionArn,
      TIDECAST_EXPORT_MACHINE_ARN: exportMachine,
    });
    allowJobs(manage, jobs);
    if (manage.role) {
      allow(manage.role, 'PreviewUploads', ['lambda:InvokeFunction'], [preview.functionArn]);
      allow(manage.role, 'StartExports', ['states:StartExecution'], [exportMachine]);
    }
    for (const { role } of [forecast, manage]) {
      if (role && tokensArn) allow(role, 'ReadTokens', ['secretsmanager:GetSecretValue'], [tokensArn]);
    }
    this.forecast = forecast;
    this.manage = manage;

    this.api = new HttpApi(this, 'Api', {
      apiName: settings.service,
      description: 'Tidecast: forecasts from the series that were uploaded',
      createDefaultStage: false,
      ...(corsOrigins.length > 0 && { corsPreflight: cors(corsOrigins) }),
    });
    this.addRoutes(authentication);
    this.stage = this.addStage(props);
  }

  private addRoutes(authentication: Authentication): void {
    const manage = new HttpLambdaIntegration('Manage', this.manage);
    const open = new HttpNoneAuthorizer();
    const authorizer = authorizerOf(authentication);
    const route = (id: string, routeKey: HttpRouteKey, to: HttpLambdaIntegration, by: IHttpRouteAuthorizer) =>
      new HttpRoute(this, id, { httpApi: this.api, routeKey, integration: to, authorizer: by });

    const forecast = new HttpLambdaIntegration('Forecast', this.forecast);
    const guarded = [
      ...forecasts.map(([id, path, method = HttpMethod.POST]) =>
        route(id, HttpRouteKey.with(path, method), forecast, authorizer ?? open),
      ),
      route('DefaultRoute', HttpRouteKey.DEFAULT, manage, authorizer ?? open),
    ];
    if (!authorizer) {
      for (const each of guarded) {
        explain(
          each,
          'AwsSolutions-APIG4',
          'The function itself checks the bearer token, with its datasets and scopes.',
        );
      }
      return;
    }
    for (const [id, path] of [
      ['HealthRoute', '/v1/health'],
      ['LiveRoute', '/v1/health/live'],
      ['ReadyRoute', '/v1/health/ready'],
      ['DocsRoute', '/docs'],
      ['OpenApiRoute', '/openapi.json'],
    ] as const) {
      const made = route(id, HttpRouteKey.with(path, HttpMethod.GET), manage, open);
      explain(made, 'AwsSolutions-APIG4', 'Public on purpose: whether it is up, and what it can do.');
    }
  }

  private addStage({ settings, throttle: { rate = 50, burst = 100 } = {} }: ServingProps): HttpStage {
    const logGroup = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/apis/${settings.service}`,
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: rate, burstLimit: burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(logged)),
      },
    });
  }
}

/** What the forecast function answers; by POST where nothing is said. */
const forecasts: readonly (readonly [id: string, path: string, method?: HttpMethod])[] = [
  ['ForecastRoute', '/v1/models/{model}/forecast'],
  ['DeepArRoute', '/v1/models/{model}/invocations'],
  ['NixtlaForecastRoute', '/v2/forecast'],
  ['NixtlaCrossValidationRoute', '/v2/cross_validation'],
  ['NixtlaAnomalyRoute', '/v2/anomaly_detection'],
  ['NixtlaOnlineAnomalyRoute', '/v2/online_anomaly_detection'],
  ['BacktestRoute', '/v1/models/{model}/items/backtest', HttpMethod.GET],
  ['AnomaliesRoute', '/v1/models/{model}/anomalies'],
  ['ObservationsRoute', '/v1/models/{model}/observations'],
];

/** One line of the access log. Nothing in it could be used to call the API. */
const logged = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  agent: '$context.identity.userAgent',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  error: '$context.error.message',
  functionError: '$context.integrationErrorMessage',
};

function tokenSecret(scope: Construct, service: string): Secret {
  const secret = new Secret(scope, 'Tokens', {
    description: `Tidecast ${service}: SHA-256 of the API’s tokens, with their datasets and scopes`,
    // Not a secret yet: no token is valid. CloudFormation leaves later values alone as long as this text stays.
    secretStringValue: SecretValue.unsafePlainText('{"tokens":[]}'),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  explain(
    secret,
    'AwsSolutions-SMG4',
    'Callers hold the tokens: only whoever gives them out can renew them (npm run token).',
  );
  return secret;
}

/** By the attribute that is named for it: an emulator answers a reference with the secret's name instead. */
function arnOf({ node: { defaultChild } }: Secret): string {
  if (!(defaultChild instanceof CfnSecret)) throw new Error('a Secret is expected to be made of a CfnSecret');
  return defaultChild.attrId;
}

/** What API Gateway asks for; null where the functions ask by themselves. */
function authorizerOf(authentication: Authentication): IHttpRouteAuthorizer | null {
  if (authentication === 'token') return null;
  if (authentication === 'iam') return new HttpIamAuthorizer();
  const { issuer, audience } = authentication.jwt;
  return new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: [...audience] });
}

/** Of a token that API Gateway has let in, the functions read datasets and scopes; so they check it, too. */
function jwtEnvironment(authentication: Authentication): Record<string, string> {
  if (typeof authentication === 'string') return {};
  const { issuer, audience } = authentication.jwt;
  return { TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: audience.join(',') };
}

const { methods, requestHeaders, answerHeaders, maxAge } = crossOriginRules;
const cors = (origins: readonly string[]) => ({
  allowOrigins: [...origins],
  allowMethods: methods.map((method) => CorsHttpMethod[method]),
  allowHeaders: [...requestHeaders],
  exposeHeaders: [...answerHeaders],
  maxAge: Duration.seconds(maxAge),
});
