import { type App, createToken, forecastApi, manageApi, tokenAccess } from '../../../shared/api/index.ts';
import { forecastRoutes } from '../../../shared/api/routes/table.ts';
import { newJob, writeJob, writeLatest } from '../../../shared/documents/index.ts';
import { createChampions } from '../../../shared/serve/index.ts';
import { keys, type ObjectStore } from '../../../shared/store/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { accuracyOfItem } from '../../support/accuracy.ts';
import { observe, publish } from '../support.ts';
import type { Request } from './request.ts';

/** Bytes of a body at most. */
export const largestBody = 20_000;
/** Numbers and timestamps of an answer at most. */
export const largestAnswer = 200;

/** A day after the last observation that is stored. */
const now = () => new Date('2024-10-05T00:30:00Z');

export interface World {
  /** The one version of `power`. */
  readonly version: string;
  /** Sends a request to the app that answers it. */
  send(
    request: Request,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }>;
}

/**
 * Models, all hourly at a quarter past, with 3 steps and the levels 0.1, 0.5, 0.9: `power`; `priced` with covariates
 * of all kinds; `wide` with the channels a and b. Datasets: `power`, trained; `busy`, whose job is running; `young`;
 * `typo` with a configuration that is no YAML.
 */
export async function createWorld(): Promise<World> {
  const { store } = memoryStore();
  const { version } = await publish(store, 'power', { files: accuracyOfItem('north') });
  await observe(store, 'power', 'north');
  await publish(store, 'priced', {
    ...{ known: ['price'], past: ['wind'] },
    statics: [
      { name: 'area', kind: 'number', mean: 10, deviation: 3 },
      { name: 'region', kind: 'category', values: ['north', 'south'] },
    ],
  });
  await observe(store, 'priced', 'shop', { known: Array.from({ length: 20 }, (_, i) => i) });
  await publish(store, 'wide', { channels: ['a', 'b'], joint: true });
  for (const dataset of ['power', 'busy', 'young', 'typo']) {
    await store.put(keys.upload(dataset, '1.csv'), Buffer.from('time,target'));
  }
  await store.put(keys.stagedFile('power', 'staged', '1.csv'), Buffer.from('time,target'));
  await store.put(keys.configuration('power'), Buffer.from('horizon: 3'));
  await store.put(keys.configuration('typo'), Buffer.from('horizon: ['));
  await job(store, 'power', 'done');
  await job(store, 'busy', 'running');

  const holders = tokens();
  const authenticate = tokenAccess(async () => holders.secret);
  const forecast = forecastApi({
    ...{ store, authenticate, largestBody, largestAnswer, now },
    champions: createChampions(store),
  });
  const manage = manageApi({
    ...{ store, authenticate, largestBody },
    preview: async () => null,
    permitUpload: async (key) => ({ url: `https://bucket/${key}`, headers: {} }),
    startExport: async () => undefined,
    retrain: async (dataset) =>
      ({ busy: { kind: 'busy', job: 'running' }, young: { kind: 'young' }, power: { kind: 'lost' } })[
        dataset
      ] ?? {
        kind: 'empty',
      },
  });
  return {
    version,
    async send({ method, path, body, headers, authorization = '{all}' }) {
      const app = isForecast(method, path) ? forecast : manage;
      const shown = authorization?.replace(/{(\w+)}/, (_, name) => `Bearer ${holders.texts.get(name)}`);
      return answerOf(app, path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(shown !== undefined && { authorization: shown }),
          ...headers,
        },
        ...(body !== undefined && {
          body:
            typeof body === 'string' || body instanceof Uint8Array
              ? (body as BodyInit)
              : JSON.stringify(body),
        }),
      });
    },
  };
}

async function answerOf(app: App, path: string, init: RequestInit) {
  const response = await app.request(path, init);
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

async function job(store: ObjectStore, dataset: string, status: 'done' | 'running'): Promise<void> {
  const made = newJob(dataset, status, { fingerprint: 'f', objects: [], parent: null });
  await writeJob(store, { ...made, status });
  await writeLatest(store, dataset, { inputs: 'f', job: status }, null);
}

/** By what the table calls them: who may do everything, only one thing, or something elsewhere. */
function tokens() {
  const texts = new Map<string, string>();
  let secret = '';
  const add = (name: string, datasets: string[], scopes: string[]) => {
    const created = createToken(secret, { datasets, scopes });
    secret = created.secret;
    texts.set(name, created.text);
  };
  add('all', ['*'], ['admin']);
  add('forecasts', ['power'], ['forecast']);
  add('uploads', ['po*'], ['upload']);
  add('elsewhere', ['sales-*', 'stock'], ['forecast', 'upload', 'admin']);
  return { secret, texts };
}

const places = forecastRoutes.map(({ definition: { method, path } }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replaceAll(/{.+?}/g, '[^/]+')}$`),
}));

/** As API Gateway sends it to one of two functions: by method and path, whatever it asks. */
const isForecast = (method: string, path: string): boolean =>
  places.some((place) => place.method === method && place.pattern.test(path.replace(/\?.*$/, '')));
