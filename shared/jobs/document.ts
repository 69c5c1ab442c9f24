import { z } from 'zod';
import { TidecastError } from '../errors/index.ts';
import { jsonBytes, keys, type ObjectStore, parseJson } from '../store/index.ts';

const memberProgress = z.object({
  /** Optimiser steps made and planned, in the phase it is in. */
  phase: z.enum(['waiting', 'choose', 'refit', 'done']),
  step: z.int(),
  steps: z.int(),
  loss: z.number().nullable(),
});

/** `jobs/<dataset>/<job>.json`: what a job is doing and how it ended. */
const jobSchema = z.object({
  formatVersion: z.literal(1),
  job: z.string(),
  dataset: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  stage: z.enum(['plan', 'train', 'assemble', 'end']),
  members: z.array(memberProgress),
  /** What was refused or went wrong, and the remedy. */
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).nullable(),
  /** The version it made, and whether and why it serves. */
  version: z.string().nullable(),
  promoted: z.boolean(),
  reason: z.string().nullable(),
  startedAt: z.string(),
  updatedAt: z.string(),
});

export type Job = z.infer<typeof jobSchema>;

export function newJob(dataset: string, job: string): Job {
  const now = new Date().toISOString();
  return {
    formatVersion: 1,
    job,
    dataset,
    status: 'running',
    stage: 'plan',
    members: [],
    error: null,
    version: null,
    promoted: false,
    reason: null,
    startedAt: now,
    updatedAt: now,
  };
}

export async function readJob(store: ObjectStore, dataset: string, job: string): Promise<Job | null> {
  const found = await store.get(keys.job(dataset, job));
  return found && jobSchema.parse(parseJson(found.bytes));
}

export async function writeJob(store: ObjectStore, job: Job): Promise<Job> {
  const document = { ...job, updatedAt: new Date().toISOString() };
  await store.put(keys.job(job.dataset, job.job), jsonBytes(document));
  return document;
}

/** The error as a job document states it. */
export const statedError = (error: unknown): Job['error'] =>
  error instanceof TidecastError
    ? { code: error.code, message: error.message, remedy: error.complaint.remedy }
    : { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), remedy: null };
