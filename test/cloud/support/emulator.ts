import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The emulator's only account; as an access key it is the account's root. */
export const account = '000000000000';
export const region = 'us-east-1';

export interface Emulator {
  readonly port: number;
  /** The leader of the process group in which it and all its Lambdas run. */
  readonly group: number;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  readonly port: number;
  /** Where its Lambdas find AWS. */
  readonly endpoint: string;
  /** Whether requests need the permissions that IAM's policies give. Default: true. */
  readonly enforce?: boolean;
}

const patience = 60_000;

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('a server that listens has a port');
  return address.port;
}

/** The environment of whoever talks to the emulator: SDK clients, the CDK. */
export const awsEnvironment = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  // A developer's own profile must not be asked, nor a server that no laptop has.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/**
 * MiniStack on 127.0.0.1. The group it leads ends with `stop`, and with this process, however
 * that ends (`lead.sh`).
 */
export async function startEmulator({ port, endpoint, enforce = true }: EmulatorOptions): Promise<Emulator> {
  const python = process.env.TIDECAST_PYTHON;
  if (!python)
    throw new Error('TIDECAST_PYTHON must name a Python that has ministack: use npm run test:cloud');
  // Outside the checkout: below its package.json, the emulator's Lambda runner would be taken for an ES module.
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-cloud-'));
  const logFile = join(folder, 'emulator.log');
  const output = openSync(logFile, 'a');
  const leader = spawn('bash', [join(import.meta.dirname, 'lead.sh'), python, '-m', 'ministack'], {
    detached: true,
    stdio: ['pipe', output, output],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Both would listen on every interface.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      AUTH: String(enforce),
      AWS_ENDPOINT_URL: endpoint,
      NODE_OPTIONS: '--disable-warning=NodeVersionSupportWarning',
    },
  });
  closeSync(output);
  const log = () => readFileSync(logFile, 'utf8');
  const { pid: group } = leader;
  if (group === undefined) throw new Error('bash did not start');

  async function stop(): Promise<void> {
    const gone = leader.exitCode === null && leader.signalCode === null ? closed(leader) : null;
    leader.stdin?.destroy();
    await gone;
    while (processesOf(group ?? 0).length > 0) await sleep(20);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  try {
    await isUp(port);
  } catch (error) {
    const said = log();
    await stop();
    throw new Error(`MiniStack must answer within ${patience / 1000} s. It said:\n${said}`, { cause: error });
  }
  return { port, group, log, stop };
}

const closed = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('close', resolve));

async function isUp(port: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/_ministack/health`);
      if (answer.ok) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await sleep(100);
  }
}

/** The living processes of a group. */
export function processesOf(group: number): readonly number[] {
  return execFileSync('ps', ['-eo', 'pid=,pgid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, of, state]) => Number(of) === group && !state?.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

/** The addresses on which a group's processes listen, as `ss` tells. */
export function listening(group: number): readonly string[] {
  const members = new Set(processesOf(group));
  return execFileSync('ss', ['-Hltnp'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => [...line.matchAll(/pid=(\d+)/g)].some(([, pid]) => members.has(Number(pid))))
    .map((line) => line.trim().split(/\s+/)[3] ?? line);
}
