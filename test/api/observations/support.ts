import { readSeries } from '../../../shared/bundle/index.ts';
import type { ObjectStore } from '../../../shared/store/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask, type Body, forecasting, publish } from '../support.ts';

/** A tiny forecaster: 3 steps, context 40, hours at a quarter past. So 49 periods are kept. */
export const kept = 49;
const hour = 3_600_000;
export const timestamp = (period: number) =>
  `${new Date(period * hour + hour / 4).toISOString().slice(0, 19)}Z`;
export const base = 480_000;

/** New for each test. */
export let store: ObjectStore;
let app: ReturnType<typeof forecasting>;

beforeEach(async () => {
  ({ store } = memoryStore());
  app = forecasting(store, { now: () => new Date((base + 5000) * hour) });
  await publish(store, 'power');
});

export const send = (body: unknown, { model = 'power', headers = {} } = {}) =>
  ask(app, 'POST', `/v1/models/${model}/observations`, { body, headers });
export const add = (item: string, from: number, target: unknown, more: Body = {}) =>
  send({ series: [{ item, start: timestamp(from), target }], ...more });
export const stored = async (item: string, dataset = 'power') =>
  (await readSeries(store, dataset, [item])).get(item);
export const numbers = async (item: string) => {
  const target = (await stored(item))?.target;
  return target && [target.last - base, ...target.data];
};
export const forecast = async (body: Body, model = 'power') =>
  (await ask(app, 'POST', `/v1/models/${model}/forecast`, { body })).body.forecasts;
