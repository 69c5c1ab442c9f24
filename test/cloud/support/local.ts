import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contentOf } from '../../support/job.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Runs something of this project in a process of its own, and gives what it wrote to its standard output. */
export async function run(
  script: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, NODE_OPTIONS: '' },
  });
  let out = '';
  let complaint = '';
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`${script} must end with 0, got ${code}: ${complaint}`);
  return out;
}

export const tidecast = (...options: readonly string[]): Promise<string> =>
  run('functions/cli/main.ts', options);

export interface LocalModel {
  /** The folder of the store. */
  readonly out: string;
  /** The folder of the version that it made. */
  readonly bundle: string;
  /** The bundle's files in hexadecimal, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Trains on this machine, in one go: what the cloud must come to as well. */
export async function trainHere(
  out: string,
  dataset: string,
  configuration: string,
  ...tables: readonly string[]
): Promise<LocalModel> {
  await tidecast('train', ...tables, '--config', configuration, '--name', dataset, '--out', out, '--json');
  const models = join(out, 'models', dataset);
  const versions = readdirSync(models).filter((name) => existsSync(join(models, name, 'bundle.json')));
  const bundle = join(models, versions[0] ?? 'no version');
  return { out, bundle, files: contentOf(bundle) };
}
