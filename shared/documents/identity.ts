import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../store/index.ts';
import { version } from '../version/index.ts';
import { wasCancelled } from './cancel.ts';
import type { Job } from './job.ts';
import type { Latest } from './latest.ts';

/** 64 bits in hexadecimal: short enough to read out, long enough for all jobs of an account. */
const fingerprint = (value: Json): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);

/** What a job is made of. The same data and configuration under the same code have the same fingerprint. */
export interface Made {
  readonly dataset: string;
  /** Etags of the table's parts, by key where the keys are of account; sorted. */
  readonly parts: Json;
  /** The configuration, where it is not among the parts. */
  readonly configuration?: Json;
}

export const inputsFingerprint = ({ dataset, parts, configuration = null }: Made): string =>
  fingerprint({ dataset, parts, configuration, version });

/**
 * A job's id: what it is made of, and the version whose weights it may start from; where the same is to be done once
 * more, also the job that did it before.
 */
export const jobId = (inputs: string, parent: string | null, after?: string): string =>
  fingerprint({ inputs, parent, ...(after !== undefined && { after }) });

export interface StartQuestion {
  /** The fingerprint of what is there now. */
  readonly inputs: string;
  /** The dataset's newest job, and its document where there is one. */
  readonly latest: Latest | null;
  readonly job: Job | null;
  /** Whether somebody is working on the newest job. */
  readonly executing: boolean;
}

/**
 * - `begin`: there is something new to do
 * - `resume`: the newest job is of these inputs, and nobody is working on it
 * - `busy`: somebody is working on the newest job, whatever it is made of
 * - `done`, `failed`, `cancelled`: the newest job has come to this end with these very inputs
 */
export type Start = 'begin' | 'resume' | 'busy' | 'done' | 'failed' | 'cancelled';

/** What there is to do for a dataset; the same decision on a laptop and in the cloud. */
export function decideStart({ inputs, latest, job, executing }: StartQuestion): Start {
  // Without a document its maker was killed before it could say what it began with: it begins again.
  if (!latest || !job) return 'begin';
  if (job.status === 'running' && executing) return 'busy';
  if (latest.inputs !== inputs) return 'begin';
  // One that was overtaken goes on when its data come back; one that somebody has stopped stays so.
  if (wasCancelled(job)) return 'cancelled';
  return job.status === 'done' || job.status === 'failed' ? job.status : 'resume';
}
