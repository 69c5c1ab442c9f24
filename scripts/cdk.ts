import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * Runs the project's own CDK command line, without its telemetry and its notices from the web.
 *
 * @returns what it printed where `capture` is set, else an empty text
 * @throws where it ends in an error
 */
export function runCdk(args: readonly string[], { capture = false } = {}): string {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const { status, error, stdout } = spawnSync(process.execPath, [cdk, ...args, '--no-notices'], {
    stdio: ['inherit', capture ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return stdout ?? '';
}
