import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type Job, readJob, readLatest } from '../../../shared/documents/index.ts';
import { keys, type ObjectStore, s3Store } from '../../../shared/store/index.ts';
import type { Outputs } from './cdk.ts';
import type { Cloud } from './cloud.ts';
import { type DeployedFunction, deployedFunctions, type FunctionName, logLines } from './functions.ts';

/** What the test does with a deployed stack. */
export interface Deployment {
  readonly outputs: Outputs;
  /** As the account's owner sees it. */
  readonly store: ObjectStore;
  readonly functions: readonly DeployedFunction[];
  /** Where the stack's API is; on AWS that is the output itself. */
  readonly api: string;
}

export async function lookAt(cloud: Cloud, outputs: Outputs): Promise<Deployment> {
  const [id] = new URL(outputs.ApiUrl).hostname.split('.');
  return {
    outputs,
    store: s3Store({ bucket: outputs.BucketName, client: new S3Client({}) }),
    functions: await deployedFunctions(),
    // The emulator's host names resolve only where *.localhost does.
    api: `${cloud.endpoint}/_aws/execute-api/${id}/$default`,
  };
}

export function functionOf({ functions }: Deployment, name: FunctionName): DeployedFunction {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`there is no function ${name}`);
  return found;
}

/** Waits until `look` gives something; where it does not in time, says what was awaited, and more. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  explain: () => Promise<string> = async () => '',
  milliseconds = 240_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s for ${what}\n${await explain()}`);
    await sleep(200);
  }
}

/** The dataset's newest job, once it has ended; not the one that is given. */
export function ended(deployment: Deployment, dataset: string, not?: string): Promise<Job> {
  const { store } = deployment;
  return until(
    `a job of ${dataset} to end`,
    async () => {
      const latest = await readLatest(store, dataset);
      if (!latest || latest.job === not) return null;
      const job = await readJob(store, dataset, latest.job);
      return job?.status !== 'running' && job;
    },
    async () => {
      const lines = await Promise.all(
        deployment.functions.map(
          async (each) => `${each.name}: ${(await logLines(each)).slice(-25).join('\n')}`,
        ),
      );
      return lines.join('\n\n');
    },
  );
}

/** All jobs of a dataset that there ever were. */
export async function jobsOf({ store }: Deployment, dataset: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(keys.jobs(dataset)))
    found.push(key.slice(keys.jobs(dataset).length));
  return found.flatMap((name) => /^([^/]+)\.json$/.exec(name)?.[1] ?? []).filter((name) => name !== 'latest');
}

/** The executions of the state machine, as name and status. */
export async function executions({ outputs }: Deployment): Promise<Readonly<Record<string, string>>> {
  const found = await new SFNClient({}).send(
    new ListExecutionsCommand({ stateMachineArn: outputs.StateMachineArn }),
  );
  return Object.fromEntries((found.executions ?? []).map(({ name, status }) => [name ?? '', status ?? '']));
}

/** How a job's execution ended, once it has. */
export const executionOf = (deployment: Deployment, job: string): Promise<string> =>
  until('the execution to end', async () => {
    const status = (await executions(deployment))[job];
    return status !== 'RUNNING' && status;
  });

/** What `start` said about a dataset's uploads, in order: `started`, `young`, `done`, … */
export async function looks(deployment: Deployment, dataset: string): Promise<readonly Look[]> {
  const lines = await logLines(functionOf(deployment, 'start'));
  return lines.flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const said = JSON.parse(line);
    return said.message === 'looked at uploads' && said.dataset === dataset ? [said as Look] : [];
  });
}

interface Look {
  readonly kind: string;
  /** Events that asked for it. */
  readonly messages: number;
}
