import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { type FunctionName, functionNames } from '../../../infra/props.ts';

export { type FunctionName, functionNames };

export interface DeployedFunction {
  readonly name: FunctionName;
  readonly physicalName: string;
  readonly logGroup: string;
  /** What its requests are signed with. */
  readonly accessKey: string;
}

/** The stack's functions, known by what the construct wrote into their descriptions. */
export async function deployedFunctions(): Promise<readonly DeployedFunction[]> {
  const { Functions = [] } = await new LambdaClient({}).send(new ListFunctionsCommand({}));
  return functionNames.map((name) => {
    const found = Functions.find(({ Description }) => Description?.endsWith(`: ${name}`));
    const { FunctionName, FunctionArn, Role, LoggingConfig } = found ?? {};
    if (!FunctionName || !FunctionArn || !Role) throw new Error(`the function ${name} is not deployed`);
    return {
      name,
      physicalName: FunctionName,
      logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
      accessKey: accessKeyOf(FunctionArn, Role),
    };
  });
}

/** MiniStack gives each function and role a key of its own (`execution_credentials` in core/lambda_runtime.py). */
const accessKeyOf = (arn: string, role: string): string =>
  `ASIA${createHash('sha256').update(`${arn}:${role}`).digest('hex').slice(0, 16).toUpperCase()}`;

/** What a function has logged, oldest first. */
export async function logLines({ logGroup }: DeployedFunction): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient({});
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({ logGroupName: logGroup, ...(nextToken && { nextToken }) }),
    );
    lines.push(...(page.events ?? []).map(({ message = '' }) => message));
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
}

/** The duration of each call so far, in milliseconds, as the platform reported it. */
export const durations = async (deployed: DeployedFunction): Promise<readonly number[]> =>
  (await logLines(deployed)).flatMap((line) => {
    const [, milliseconds] = /^REPORT .*\tDuration: ([\d.]+) ms/.exec(line) ?? [];
    return milliseconds === undefined ? [] : [Number(milliseconds)];
  });

/** Kills the processes that run a function, as a sandbox that is lost; gives how many there were. */
export function killFunction(group: number, { physicalName }: DeployedFunction): number {
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, of, ...words]) => Number(of) === group && words.join(' ').includes(`lambda-${physicalName}-`),
    );
  for (const [pid] of processes) process.kill(Number(pid), 'SIGKILL');
  return processes.length;
}
