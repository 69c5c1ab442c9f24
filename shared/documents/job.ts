import { z } from 'zod';
import { TidecastError } from '../errors/index.ts';
import { ConflictError, jsonBytes, keys, type ObjectStore, parseJson, updateObject } from '../store/index.ts';

/**
 * A member is fitted twice: before the backtest's origins, looked at now and then; and once all members have been, from
 * what it was after the number of steps that was best for them together a few steps more, on all data.
 */
export const phases = ['choose', 'refit'] as const;
export type Phase = (typeof phases)[number];

const memberProgress = z.object({
  /** Optimiser steps made and planned, in the phase it is in. */
  phase: z.enum(['waiting', ...phases, 'done']),
  step: z.int(),
  steps: z.int(),
  loss: z.number().nullable(),
});

/** What the job is made of, frozen when it starts. */
const inputs = z.object({
  /** Of the data and the configuration: equal where there is nothing new to do. */
  fingerprint: z.string(),
  /** The objects of the table, sorted by key: keys in the store, or names of local files. */
  objects: z.array(z.object({ key: z.string(), etag: z.string() })),
  /** The champion when the job started: the version whose weights it may start from. */
  parent: z.string().nullable(),
});

const scores = z.record(z.string(), z.number().nullable());

/** The backtest in short; the bundle has the whole. */
const metrics = z.object({
  scores,
  baselines: z.record(z.string(), scores),
  beatsBaselines: z.boolean(),
});

/** `jobs/<dataset>/<job>.json`: what a job is doing and how it ended. */
export const jobSchema = z.object({
  formatVersion: z.literal(1),
  job: z.string(),
  dataset: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  stage: z.enum(['plan', 'train', 'assemble', 'end']),
  /** How often it was given to the state machine, which takes each name once. */
  attempt: z.int(),
  inputs,
  members: z.array(memberProgress),
  /** What was refused or went wrong, and the remedy. */
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).nullable(),
  /** The version it made, and whether and why it serves. */
  version: z.string().nullable(),
  promoted: z.boolean(),
  reason: z.string().nullable(),
  metrics: metrics.nullable(),
  /** From its start to its last change; on a laptop without the pauses between two runs. */
  seconds: z.number(),
  /** Memory times duration of its steps in the cloud, and what that costs in US dollars: an estimate. */
  gigabyteSeconds: z.number(),
  cost: z.number(),
  startedAt: z.string(),
  updatedAt: z.string(),
});

export type Job = z.infer<typeof jobSchema>;
export type JobInputs = z.infer<typeof inputs>;
export type JobMetrics = z.infer<typeof metrics>;

export function newJob(dataset: string, job: string, frozen: JobInputs, now: Date = new Date()): Job {
  return {
    formatVersion: 1,
    job,
    dataset,
    status: 'running',
    stage: 'plan',
    attempt: 1,
    inputs: frozen,
    members: [],
    error: null,
    version: null,
    promoted: false,
    reason: null,
    metrics: null,
    seconds: 0,
    gigabyteSeconds: 0,
    cost: 0,
    startedAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
}

/** The job's document; null where there is none. */
export async function readJob(store: ObjectStore, dataset: string, job: string): Promise<Job | null> {
  const found = await store.get(keys.job(dataset, job));
  return found && jobSchema.parse(parseJson(found.bytes));
}

/** Writes the document over what is there: for whoever is the only one that changes it. */
export async function writeJob(store: ObjectStore, job: Job, now: Date = new Date()): Promise<Job> {
  const document = { ...job, updatedAt: now.toISOString() };
  await store.put(keys.job(job.dataset, job.job), jsonBytes(document));
  return document;
}

/** Writes a new job's document where there is none yet; returns the one that is there then. */
export async function createJob(store: ObjectStore, job: Job): Promise<Job> {
  try {
    await store.put(keys.job(job.dataset, job.job), jsonBytes(job), { ifNoneMatch: '*' });
    return job;
  } catch (error) {
    const found = error instanceof ConflictError && (await readJob(store, job.dataset, job.job));
    if (found) return found;
    throw error;
  }
}

/**
 * Changes the document by compare-and-swap: for steps that run side by side. `change` may be called several times;
 * null leaves the document as it is. Returns what is there then; null where there is no such job.
 */
export async function updateJob(
  store: ObjectStore,
  dataset: string,
  job: string,
  change: (job: Job) => Partial<Job> | null,
  now: Date = new Date(),
): Promise<Job | null> {
  let result: Job | null = null;
  await updateObject(store, keys.job(dataset, job), (current) => {
    result = current && jobSchema.parse(parseJson(current.bytes));
    const changed = result && change(result);
    if (!result || !changed) return null;
    result = { ...result, ...changed, updatedAt: now.toISOString() };
    return jsonBytes(result);
  });
  return result;
}

/** The ids of a dataset's jobs, in the order of their names, which tells nothing of their age. */
export async function listJobs(store: ObjectStore, dataset: string): Promise<readonly string[]> {
  const ids: string[] = [];
  const prefix = keys.jobs(dataset);
  for await (const { key } of store.list(prefix)) {
    const [, id] = /^([^/]+)\.json$/.exec(key.slice(prefix.length)) ?? [];
    if (id && key !== keys.latestJob(dataset)) ids.push(id);
  }
  return ids;
}

/** The error as a job document states it. */
export const statedError = (error: unknown): Job['error'] =>
  error instanceof TidecastError
    ? { code: error.code, message: error.message, remedy: error.complaint.remedy }
    : { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), remedy: null };
