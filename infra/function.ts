import { fileURLToPath } from 'node:url';
import { AssetStaging, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture as LambdaArchitecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow, grantAccess } from './access.ts';
import { explain } from './explain.ts';
import { copyNative, externalModules, type NativeName } from './native.ts';
import type { Architecture, FunctionName, FunctionOptions } from './props.ts';

/** The project: what lies above infra/. */
const root = fileURLToPath(new URL('..', import.meta.url));

interface Needs {
  readonly memory: number;
  readonly storage: number;
  readonly timeout: Duration;
  readonly native: readonly NativeName[];
}

const longest = Duration.minutes(15);
/** An HTTP API gives up after 30 seconds: end before, and say why. */
const answering = Duration.seconds(29);

/** Shorter, so that who asked can say why. */
const reading = Duration.seconds(25);

/** What each function needs. A Lambda has one processor at 1769 MiB, and the more memory the more of it. */
const needs: Readonly<Record<FunctionName, Needs>> = {
  // Lists objects and hashes small documents; the memory is for the processor that starts it up.
  start: { memory: 512, storage: 512, timeout: Duration.minutes(1), native: [] },
  // Uploads and what DuckDB spills lie under /tmp. 3008 is the most that a new account is given.
  plan: { memory: 3008, storage: 4096, timeout: longest, native: ['onnxruntime', 'duckdb'] },
  // Reads what a request waits for: less of it, and the processors of as much memory.
  preview: { memory: 3008, storage: 1024, timeout: reading, native: ['duckdb'] },
  // A member trains on one thread: a second processor would idle.
  train: { memory: 1769, storage: 512, timeout: longest, native: ['onnxruntime'] },
  // Holds the panel, all members and the backtest's forecasts.
  assemble: { memory: 3008, storage: 512, timeout: longest, native: ['onnxruntime'] },
  // Holds one file of an export, and reads ahead while it forecasts.
  export: { memory: 1769, storage: 512, timeout: longest, native: ['onnxruntime'] },
  // One whole processor: a forecast takes milliseconds of it, a cold start most of a second of a fraction.
  forecast: { memory: 1769, storage: 512, timeout: answering, native: ['onnxruntime'] },
  manage: { memory: 512, storage: 512, timeout: answering, native: [] },
};

/** What all functions of an installation have in common. */
export interface FunctionSettings {
  readonly service: string;
  readonly bucket: Bucket;
  readonly encryptionKey: IKey | undefined;
  readonly architecture: Architecture;
  readonly logRetention: RetentionDays;
  readonly logLevel: string;
  readonly functions: Partial<Record<FunctionName, FunctionOptions>>;
}

export const timeoutOf = (name: FunctionName): Duration => needs[name].timeout;

/**
 * One of functions/, with a role and a log group of its own. The role may write that log, send traces, and do with
 * the bucket what the table in access.ts says.
 */
export function addFunction(
  scope: Construct,
  name: FunctionName,
  settings: FunctionSettings,
  environment: Readonly<Record<string, string>> = {},
): NodejsFunction {
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { bucket, encryptionKey, service } = settings;
  const given = settings.functions[name] ?? {};
  const { memory, storage, timeout, native } = needs[name];

  const logGroup = new LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/lambda/${service}-${name}`,
    retention: settings.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  allow(role, 'WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
  grantAccess(role, bucket, encryptionKey, name);

  const made = new NodejsFunction(scope, id, {
    entry: `${root}functions/${name}/index.ts`,
    description: `Tidecast ${service}: ${name}`,
    runtime: Runtime.NODEJS_22_X,
    architecture: settings.architecture === 'arm64' ? LambdaArchitecture.ARM_64 : LambdaArchitecture.X86_64,
    memorySize: given.memory ?? memory,
    ephemeralStorageSize: Size.mebibytes(given.storage ?? storage),
    ...(given.reservedConcurrency !== undefined && {
      reservedConcurrentExecutions: given.reservedConcurrency,
    }),
    timeout,
    role,
    logGroup,
    tracing: Tracing.ACTIVE,
    environment: {
      TIDECAST_BUCKET: bucket.bucketName,
      POWERTOOLS_SERVICE_NAME: service,
      POWERTOOLS_METRICS_NAMESPACE: 'Tidecast',
      POWERTOOLS_LOG_LEVEL: settings.logLevel,
      ...environment,
    },
    ...bundled(native, settings.architecture),
  });
  explain(
    made,
    'AwsSolutions-L1',
    'Node 22 is in support and what the native packages are tried on; a newer one is a change here and a deployment.',
  );
  explain(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'X-Ray knows no resources: traces are written to all or none.',
  );
  return made;
}

/** Local esbuild, no container: one ES module, the AWS SDK inside it, native packages copied beside it. */
const bundled = (native: readonly NativeName[], architecture: Architecture) => ({
  projectRoot: root,
  depsLockFilePath: `${root}package-lock.json`,
  bundling: {
    format: OutputFormat.ESM,
    // The oldest Node that the code is written for, so that an emulator may run the bundle on it.
    target: 'node20',
    mainFields: ['module', 'main'],
    // Names stay: stack traces are read by people, and code that restores names afterwards loads more slowly.
    esbuildArgs: { '--minify-whitespace': true, '--minify-syntax': true },
    // The SDK at its own, tested version, not the one that the runtime happens to carry.
    bundleAwsSDK: true,
    // In all of them: what a function does not use is dropped, but only after its imports were resolved.
    externalModules: Object.values(externalModules),
    // CommonJS packages in an ES module still ask for `require`.
    banner: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);",
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_: string, target: string) => {
        // Copied at once and by this process: there is no shell whose quoting could go wrong. The CDK also asks
        // for the commands of a container, which never runs: esbuild is installed.
        if (target !== AssetStaging.BUNDLING_OUTPUT_DIR) copyNative(root, target, native, architecture);
        return [];
      },
    },
  },
});
