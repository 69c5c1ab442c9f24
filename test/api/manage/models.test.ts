import { memoryStore } from '../../bundle/support.ts';
import { ask, publish } from '../support.ts';
import { holder, manageOver } from './support.ts';

describe('models', () => {
  const { store, objects } = memoryStore();
  const app = manageOver(store);
  const get = (path: string, of = app) => ask(of, 'GET', path);
  let versions: string[] = [];
  let context = 0;

  beforeAll(async () => {
    const first = await publish(store, 'power', { seed: 1 });
    const second = await publish(store, 'power', { seed: 2 });
    versions = [first.version, second.version];
    context = second.context;
    await publish(store, 'sales-b', { channels: ['x', 'y'], known: ['price'] });
    await publish(store, 'sales-a');
    // Versions without a champion, as a job leaves them that was not promoted.
    await store.put('models/quiet/0123/bundle.json', Buffer.from('{}'));
  });

  test('those that serve are listed by name, page by page', async () => {
    const { body } = await get('/v1/models');
    expect(body.next).toBeNull();
    expect(body.models[0]).toEqual({
      model: 'power',
      version: versions[1],
      frequency: '1h',
      horizon: 3,
      channels: ['target'],
      quantiles: [0.1, 0.5, 0.9],
    });
    const names = ({ models }: { models: { model: string }[] }) => models.map(({ model }) => model);
    expect(names(body)).toEqual(['power', 'sales-a', 'sales-b']);
    const first = (await get('/v1/models?limit=2')).body;
    expect([names(first), first.next]).toEqual([['power', 'sales-a'], 'sales-a']);
    const second = (await get(`/v1/models?limit=2&after=${first.next}`)).body;
    expect([names(second), second.next]).toEqual([['sales-b'], null]);
    expect((await get('/v1/models?limit=3')).body.next).toBeNull();
    for (const [datasets, expected] of [
      [['sales-*'], ['sales-a', 'sales-b']],
      [
        ['sales-b', 'none', 'power'],
        ['power', 'sales-b'],
      ],
    ] as const) {
      expect(names((await get('/v1/models', manageOver(store, holder(...datasets)))).body)).toEqual(expected);
    }
  });

  test('names that a token has and names that its patterns find come in one order, so that pages fit', async () => {
    const { store: other } = memoryStore();
    for (const name of ['a', 'a-b', 'a.c', 'ab']) await publish(other, name);
    const pagesOf = async (...datasets: string[]) => {
      const pages: string[][] = [];
      for (let after: string | null = ''; after !== null; ) {
        const path: string = `/v1/models?limit=1${after && `&after=${after}`}`;
        const { body }: Awaited<ReturnType<typeof get>> = await get(
          path,
          manageOver(other, holder(...datasets)),
        );
        pages.push(body.models.map(({ model }: { model: string }) => model));
        after = body.next;
      }
      return pages;
    };
    const expected = [['a-b'], ['a.c'], ['a'], ['ab']];
    expect(await pagesOf('ab', 'a', 'a.c', 'a-b')).toEqual(expected);
    expect(await pagesOf('a*')).toEqual(expected);
    expect(await pagesOf('a*', 'ab')).toEqual(expected);
  });

  test('one says what it reads, how good it is beside baselines, and which versions served and why', async () => {
    const { status, body } = await get('/v1/models/power');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: 'power',
      version: versions[1],
      season: 24,
      context,
      layout: 'long',
      covariates: { known: [], past: [], static: [], generated: [] },
      timezone: null,
      items: 3,
      observations: null,
      lastPeriod: '2024-10-04T00:15:00Z',
      metrics: {
        scores: { mase: 0.91, wql: 0.05, smape: null },
        baselines: { 'seasonal naive': { mase: 1.2, wql: 0.08 } },
        beatsBaselines: true,
      },
      history: [
        { version: versions[1], reason: 'seed 2', at: null },
        { version: versions[0], reason: 'seed 1', at: null },
      ],
    });
    expect((await get('/v1/models/sales-b')).body).toMatchObject({
      channels: ['x', 'y'],
      layout: 'wide',
      covariates: { known: ['price'] },
    });
  });

  test('one that does not serve is not found; one that is damaged hides no other', async () => {
    for (const name of ['quiet', 'none']) {
      expect(await get(`/v1/models/${name}`)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MODEL' } });
    }
    const key = [...objects.keys()].find(
      (name) => name.startsWith('models/sales-a/') && name.endsWith('bundle.json'),
    );
    objects.delete(key ?? '');
    expect((await get('/v1/models')).body.models).toHaveLength(2);
  });
});
