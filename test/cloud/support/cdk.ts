import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { account, region } from './emulator.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Where the deployed template and its assets lie, apart from those of a deployment to AWS. */
export const assembly = join(root, '.cache/cdk.cloud');

type Environment = Readonly<Record<string, string>>;

/** Runs the CDK's command line, as a user does, against the emulator; gives what it said. */
async function cdk(environment: Environment, options: readonly string[], cwd = root): Promise<string> {
  const child = spawn(join(root, 'node_modules/.bin/cdk'), [...options, '--no-color'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...environment,
      CDK_DEFAULT_ACCOUNT: account,
      CDK_DEFAULT_REGION: region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CI: 'true',
      // The runner's own options are not for the app.
      NODE_OPTIONS: '',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  }
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`cdk ${options.join(' ')} must end with 0, got ${code}:\n${said}`);
  return said;
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

const stackOptions = ({ stack, context }: Settings): string[] => [
  stack,
  ...Object.entries({ ...context, name: stack }).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  '--output',
  assembly,
];

/** What an account needs once. Away from the project, whose functions need not be bundled for it. */
export const bootstrap = (environment: Environment): Promise<string> =>
  cdk(environment, ['bootstrap', `aws://${account}/${region}`], tmpdir());

export async function deploy(environment: Environment, settings: Settings): Promise<Outputs> {
  const file = join(root, '.cache/cdk.cloud-outputs.json');
  mkdirSync(join(root, '.cache'), { recursive: true });
  const quiet = ['--require-approval', 'never', '--method', 'direct', '--outputs-file', file];
  await cdk(environment, ['deploy', ...stackOptions(settings), ...quiet]);
  return JSON.parse(readFileSync(file, 'utf8'))[settings.stack];
}

export const destroy = (environment: Environment, settings: Settings): Promise<string> =>
  cdk(environment, ['destroy', ...stackOptions(settings), '--force']);
