import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { account, region } from './emulator.ts';
import { run } from './local.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Where the deployed template and its assets lie, apart from those of a deployment to AWS. */
const assembly = join(root, '.cache/cdk.cloud');

type Environment = Readonly<Record<string, string>>;

const cdkEnvironment: Environment = {
  CDK_DEFAULT_ACCOUNT: account,
  CDK_DEFAULT_REGION: region,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CI: 'true',
};

/** `cdk bootstrap`: what an account needs once. Away from the project, whose app has no part in it. */
export async function bootstrap(environment: Environment): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin/cdk'), ['bootstrap', `aws://${account}/${region}`], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, ...cdkEnvironment, NODE_OPTIONS: '' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  }
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`cdk bootstrap must end with 0, got ${code}:\n${said}`);
}

/** What the stack tells of itself. */
export interface Outputs {
  readonly BucketName: string;
  readonly ApiUrl: string;
  readonly TokensSecretArn: string;
  readonly StateMachineArn: string;
  readonly DeadLettersUrl: string;
}

export interface Settings {
  readonly stack: string;
  /** `-c key=value`. */
  readonly context: Readonly<Record<string, string>>;
}

const contextOf = ({ stack, context }: Settings): string[] =>
  Object.entries({ ...context, name: stack }).flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/** `npm run deploy`. */
export async function deploy(environment: Environment, settings: Settings): Promise<Outputs> {
  const options = ['--require-approval', 'never', '--output', assembly, ...contextOf(settings)];
  await run('scripts/deploy.ts', options, { ...environment, ...cdkEnvironment });
  return JSON.parse(readFileSync(join(root, '.cache/stack-outputs.json'), 'utf8'))[settings.stack];
}

/** `npm run destroy`, with more options. */
export const destroy = (
  environment: Environment,
  settings: Settings,
  ...options: readonly string[]
): Promise<string> =>
  run('scripts/destroy.ts', [...contextOf(settings), '--force', ...options], {
    ...environment,
    ...cdkEnvironment,
  });
