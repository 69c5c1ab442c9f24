import {
  decodePanel,
  itemFuture,
  itemKnown,
  itemLength,
  itemPast,
  itemStart,
  itemStatics,
  itemTarget,
  type Panel,
} from '../dataset/index.ts';
import type { Configuration } from '../documents/index.ts';
import { ConfigurationError } from '../errors/index.ts';
import { generatedColumns, type ModelShape } from '../forecast/index.ts';
import type { ForecasterSettings } from '../model/index.ts';
import { keys, type ObjectStore, parseJson } from '../store/index.ts';
import { type Engine, onnxruntimeEngine, tensorflowEngine } from '../train/index.ts';
import type { Series } from './chunks.ts';
import { type Plan, planSchema } from './plan-document.ts';
import { forecasterRule } from './rules.ts';

/** What plan left behind, ready for training and assembling. */
export interface Prepared {
  readonly plan: Plan;
  readonly series: readonly Series[];
  /** The forecaster's views, and the first of them for what all have in common. */
  readonly views: readonly ForecasterSettings[];
  readonly settings: ForecasterSettings;
  /** The most optimiser steps of a member. */
  readonly steps: number;
}

/** Reads what plan has written. @throws ConfigurationError where the job was not planned */
export async function loadPrepared(store: ObjectStore, dataset: string, job: string): Promise<Prepared> {
  const [document, panel] = await Promise.all([
    store.get(keys.plan(dataset, job)),
    store.get(keys.panel(dataset, job)),
  ]);
  if (!document || !panel) {
    throw new ConfigurationError({
      rule: 'a job must be planned before it is trained',
      received: `no plan of job ${job}`,
      remedy: 'run the job from its beginning',
    });
  }
  const plan = planSchema.parse(parseJson(document.bytes));
  return prepare(plan, seriesOf(decodePanel(panel.bytes)));
}

export function prepare(plan: Plan, series: readonly Series[]): Prepared {
  const shape = {
    lengths: series.map(({ rows }) => rows),
    channels: plan.channels.length,
    known: plan.knownNames.length + generatedColumns({ features: plan.features, frequency: plan.frequency }),
    past: plan.reads.past ? plan.pastNames.length : 0,
    statics: plan.reads.statics ? plan.statics : [],
    integers: plan.integers,
    horizon: plan.horizon,
    seasons: plan.seasons,
    gaps: plan.gaps,
    views: plan.views,
  };
  const views = forecasterRule(shape, plan.configuration);
  const [settings] = views;
  if (!settings) throw new RangeError('a forecaster has a view at least');
  return { plan, series, views, settings, steps: plan.steps };
}

/** The panel's items, each with its covariates, the known ones from its first row into the future. */
export function seriesOf(panel: Panel): readonly Series[] {
  return panel.items.map((item, i) => ({
    item,
    start: itemStart(panel, i),
    rows: itemLength(panel, i),
    target: itemTarget(panel, i),
    known: joined(itemKnown(panel, i), itemFuture(panel, i)),
    past: itemPast(panel, i),
    statics: itemStatics(panel, i),
  }));
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

export const engineOf = ({ engine }: Configuration): Engine =>
  engine === 'tensorflow' ? tensorflowEngine() : onnxruntimeEngine(1);

/** What serving has to know of the forecaster. */
export const modelShape = (settings: ForecasterSettings): ModelShape => ({
  horizon: settings.horizon,
  context: settings.context,
  channels: settings.channels,
  known: settings.known,
  past: settings.past,
  statics: settings.statics,
  levels: settings.levels,
});
