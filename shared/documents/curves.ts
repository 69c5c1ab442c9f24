import { z } from 'zod';
import { jsonBytes, keys, type ObjectStore, parseJson } from '../store/index.ts';
import { phases } from './job.ts';

const point = z.object({
  /** After so many optimiser steps. */
  step: z.int(),
  /** The mean loss of the batches since the point before. */
  training: z.number().nullable(),
  /** The loss of the look after this step, where there was one. */
  validation: z.number().nullable(),
});

/** `runs/<dataset>/<job>/members/<k>/<phase>.curve`: the losses of one fit so far. */
const curveSchema = z.object({
  member: z.int(),
  phase: z.enum(phases),
  /** Steps that are planned. */
  steps: z.int(),
  points: z.array(point),
});

/** `jobs/<dataset>/curves/<job>.json`: those of all fits, when the job has ended well. */
const curvesSchema = z.object({ formatVersion: z.literal(1), members: z.array(curveSchema) });

export type JobCurve = z.infer<typeof curveSchema>;

interface OfJob {
  readonly dataset: string;
  readonly job: string;
}

/** Keeps how far a fit has come. */
export async function writeCurve(
  store: ObjectStore,
  { dataset, job }: OfJob,
  curve: JobCurve,
): Promise<void> {
  await store.put(keys.curve(dataset, job, curve.member, curve.phase), jsonBytes(curve));
}

/** Keeps the curves beside the job's document: its run is removed after some time. */
export async function keepCurves(store: ObjectStore, one: OfJob, members: number): Promise<void> {
  const kept = { formatVersion: 1, members: [...(await ofRun(store, one, members))] };
  await store.put(keys.curves(one.dataset, one.job), jsonBytes(kept));
}

/**
 * The curves of a job, by member and phase; of one that trains, what there is so far.
 *
 * @param members how many the job has
 */
export async function readCurves(
  store: ObjectStore,
  one: OfJob,
  members: number,
): Promise<readonly JobCurve[]> {
  const kept = await store.get(keys.curves(one.dataset, one.job));
  return kept ? curvesSchema.parse(parseJson(kept.bytes)).members : ofRun(store, one, members);
}

async function ofRun(
  store: ObjectStore,
  { dataset, job }: OfJob,
  members: number,
): Promise<readonly JobCurve[]> {
  const fits = Array.from({ length: members }, (_, member) =>
    phases.map((phase) => keys.curve(dataset, job, member, phase)),
  );
  const found = await Promise.all(fits.flat().map((key) => store.get(key)));
  return found.flatMap((object) => (object ? [curveSchema.parse(parseJson(object.bytes))] : []));
}
