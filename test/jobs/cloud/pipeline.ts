import { phases } from '../../../shared/documents/index.ts';
import {
  assembleStep,
  type Finished,
  planStep,
  type Slice,
  type StepContext,
  timedSlice,
  trainStep,
} from '../../../shared/jobs/index.ts';
import { settle } from '../../../shared/start/index.ts';
import type { World } from '../../start/world.ts';

const minutes = 60_000;

/** A slice that is over after so many optimiser steps. */
export function countedSlice(steps: number): Slice {
  const stop = new AbortController();
  let left = steps;
  return {
    signal: stop.signal,
    stepped() {
      left--;
      if (left <= 0) stop.abort();
    },
    stop: () => stop.abort(),
    end: () => undefined,
  };
}

/** Every look at the clock is a second later. */
export function tickingContext({ store, context }: World): StepContext {
  let now = context.clock();
  return {
    store,
    gigabytes: 2,
    clock() {
      now += 1000;
      return now;
    },
  };
}

export interface Executed {
  readonly finished: Finished | null;
  readonly slices: number;
}

/** What the state machine does with one execution, failures too, without its retries. */
export async function execute(
  world: World,
  job: string,
  {
    steps = tickingContext(world),
    slice = () => timedSlice(10 * minutes),
  }: { readonly steps?: StepContext; readonly slice?: () => Slice } = {},
): Promise<Executed> {
  const task = { dataset: 'd', job };
  let slices = 0;
  const work = async (): Promise<Finished | null> => {
    const { status, members } = await planStep(steps, task);
    if (status === 'failed') return null;
    for (const phase of phases) {
      const trained = members.map(async (index) => {
        for (let done = false; !done; slices++) {
          ({ done } = await trainStep(steps, { ...task, index, phase }, slice()));
        }
      });
      await Promise.all(trained);
    }
    return assembleStep(steps, task);
  };
  const [finished, error] = await work().then(
    (answer) => [answer, null] as const,
    (thrown: Error) => [null, { Error: thrown.name, Cause: thrown.message }] as const,
  );
  await settle(world.context, { ...task, ...(error && { error }) });
  world.machine.running.set(world.machine.began.at(-1) ?? '', false);
  return { finished, slices };
}
