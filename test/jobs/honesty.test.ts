import { writeBundle } from '../../shared/bundle/index.ts';
import { parseConfiguration } from '../../shared/documents/index.ts';
import { parseFrequency } from '../../shared/frequency/index.ts';
import { encodeParameters } from '../../shared/jobs/index.ts';
import type { Plan } from '../../shared/jobs/plan-document.ts';
import { freezeStart } from '../../shared/jobs/warm-start.ts';
import { memberLayout } from '../../shared/model/index.ts';
import { keys } from '../../shared/store/index.ts';
import { memoryStore, parts } from '../bundle/support.ts';
import { tinySettings } from '../support/forecaster.ts';

const settings = tinySettings();
const hourly = parseFrequency('1h');
const own = settings.members.map((member) => {
  const layout = memberLayout(settings, member);
  const size = layout.reduce((sum, one) => sum + one.size, 0);
  return { layout, before: new Float32Array(size) };
});

interface Parent {
  /** What its fit before the origins has seen. */
  readonly seen?: number;
  readonly frequency?: string;
  readonly members?: typeof own;
  readonly file?: Uint8Array;
}

/** Items of 30 and 20 rows from period 100 and 105 on, their windows from row 24 and 17 on: periods 124 and 122. */
const none = { known: [], past: [], static: [] };
const unread = {
  ...{ knownNames: [], pastNames: [], staticNames: [], statics: [] },
  reads: { past: true, statics: true },
};

async function decide(
  { seen = 110, frequency = '1h', members = own, file }: Parent,
  change: Partial<Plan> = {},
) {
  const { store, objects } = memoryStore();
  const { description, forecaster } = parts();
  const version = await writeBundle(store, keys.models('power'), {
    forecaster,
    description: {
      ...description,
      frequency: JSON.parse(JSON.stringify(parseFrequency(frequency))),
      ...{ covariates: none, features: [] },
      data: { fingerprint: 'f', fitPeriod: seen },
    },
    files: { 'parameters.bin': file ?? encodeParameters(members) },
  });
  const item = (name: string, start: number, rows: number) => ({
    ...{ item: name, start, rows },
    target: new Float64Array(rows),
    known: new Float64Array(0),
    past: new Float64Array(0),
    statics: {},
  });
  const plan: Plan = {
    ...{ formatVersion: 1, dataset: 'power', job: 'j', fingerprint: 'f', layout: 'long', channels: ['load'] },
    ...{ season: 24, seasons: [24], horizon: 3, steps: 1, warmStart: false, fitPeriod: 0 },
    ...{
      views: [{ transform: 'identity', unit: 1 }],
      gaps: false,
      integers: false,
      reasons: {},
      features: [],
    },
    ...unread,
    configuration: { ...parseConfiguration({}), members: 4 },
    frequency: hourly,
    parent: version,
    windows: [
      { fit: 24, calibrate: [23], report: [26] },
      { fit: 17, calibrate: [], report: [16] },
    ],
    ...change,
  };
  const start = await freezeStart({
    store,
    plan,
    views: [settings],
    series: [item('a', 100, 30), item('b', 105, 20)],
  });
  return { start, kept: objects.get(keys.parentParameters('power', 'j')) };
}

test("a start from the parent's weights keeps them with the run", async () => {
  const { start, kept } = await decide({});
  expect(start).toEqual({ warmStart: true, fitPeriod: 123 });
  expect(kept).toEqual(new Uint8Array(encodeParameters(own)));
});

test('a parent that changes series in another way is none to start from', async () => {
  expect((await decide({}, { views: [{ transform: 'log', unit: 1 }] })).start.warmStart).toBe(false);
});

test("the parent may have seen what is before every item's windows, and not one period more", async () => {
  expect((await decide({ seen: 121 })).start.warmStart).toBe(true);
  expect((await decide({ seen: 122 })).start.warmStart).toBe(false);
});

test('what the weights have seen is handed down', async () => {
  const windows = [
    { fit: 24, calibrate: [23], report: [26] },
    { fit: 20, calibrate: [], report: [] },
  ];
  // Item a's windows begin with period 124; item b, without windows, is fitted whole: up to 124.
  expect((await decide({ seen: 123 }, { windows })).start).toEqual({ warmStart: true, fitPeriod: 124 });
  const unseen = windows.map(({ fit }) => ({ fit: fit - 4, calibrate: [], report: [] }));
  expect((await decide({ seen: 900 }, { windows: unseen })).start).toEqual({
    warmStart: true,
    fitPeriod: 900,
  });
});

const changed = own.map(({ layout, before }, k) => ({
  layout: k === 1 ? layout.map((one, i) => (i === 0 ? { ...one, name: 'other' } : one)) : layout,
  before,
}));

test.each<[string, Parent, Partial<Plan>]>([
  ['no parent', {}, { parent: null }],
  ['a parent that is gone', {}, { parent: 'gone' }],
  ['a parent at another frequency', { frequency: '2h' }, {}],
  ['a parent with fewer members', { members: own.slice(0, -1) }, {}],
  ['a parent that reads other covariates', {}, { pastNames: ['wind'] }],
  ['a parent with more members', { members: [...own, ...own.slice(0, 1)] }, {}],
  ['a parent with a member of another layout', { members: changed }, {}],
  ['a parent whose weights are of another format', { file: Buffer.from('tidecast parameters 9\n') }, {}],
])('%s: starts fresh', async (_, parent, change) => {
  const { start, kept } = await decide(parent, change);
  expect(start).toEqual({ warmStart: false, fitPeriod: 123 });
  expect(kept).toBeUndefined();
});

const weights = { 'parameters.bin': encodeParameters(own) };

test.each([
  ['what its fit has seen', {}, weights, false],
  ['its weights', { fitPeriod: 110 }, {}, false],
  ['neither', { fitPeriod: 110 }, weights, true],
])('a bundle that lacks %s', async (_, seen, files, warmStart) => {
  const { store } = memoryStore();
  const { description, forecaster } = parts();
  const frequency = JSON.parse(JSON.stringify(hourly));
  const input = {
    ...description,
    frequency,
    covariates: none,
    features: [],
    data: { fingerprint: 'f', ...seen },
  };
  const parent = await writeBundle(store, keys.models('power'), { forecaster, description: input, files });
  const plan = {
    ...{
      dataset: 'power',
      features: [],
      job: 'j',
      windows: [],
      frequency: hourly,
      views: [{ transform: 'identity', unit: 1 }],
      parent,
    },
    ...unread,
  } as unknown as Plan;
  const start = await freezeStart({ store, plan, views: [settings], series: [] });
  expect(start.warmStart).toBe(warmStart);
});
