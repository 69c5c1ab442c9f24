import { createToken, localApi, tokenAccess } from '../../shared/api/index.ts';
import { ApiError, createClient } from '../../shared/client/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { observe, publish } from '../api/support.ts';
import { memoryStore } from '../bundle/support.ts';

const { store } = memoryStore();
const { secret, text: token } = createToken('', { datasets: ['*'], scopes: ['admin'] });
const app = localApi({
  ...{ store, champions: createChampions(store, { refresh: 0 }) },
  authenticate: tokenAccess(async () => secret),
  permitUpload: async (key) => ({ url: `https://bucket/${key}`, headers: {} }),
});
const answer = async (request: Request) => app.fetch(request);
const client = createClient({ url: 'http://127.0.0.1', token, fetch: answer });

let version = '';
beforeAll(async () => {
  ({ version } = await publish(store, 'power'));
  await observe(store, 'power', 'a&b / c');
});

test('forecasts, with the names and types of the document', async () => {
  const { data } = await client.POST('/v1/models/{model}/forecast', {
    params: { path: { model: 'power' } },
    body: { items: ['a&b / c'], quantiles: [0.5], horizon: 2 },
  });
  const [forecast] = data?.forecasts ?? [];
  expect(data?.version).toBe(version);
  expect(forecast?.item).toBe('a&b / c');
  expect(forecast?.quantiles[0]?.values).toHaveLength(2);
});

test('parameters of the path and the query are encoded', async () => {
  const { data } = await client.GET('/v1/models/{model}/items/history', {
    params: { path: { model: 'power' }, query: { item: 'a&b / c', last: 3 } },
  });
  expect(data?.item).toBe('a&b / c');
  const { data: models } = await client.GET('/v1/models', { params: { query: { limit: 1 } } });
  expect(models?.models.map(({ model }) => model)).toEqual(['power']);
});

test('a problem is thrown with its document', async () => {
  const asked = client.GET('/v1/models/{model}', { params: { path: { model: 'nothing' } } });
  await expect(asked).rejects.toThrow(ApiError);
  await asked.catch((error: ApiError) => {
    expect(error.problem).toMatchObject({ status: 404, code: 'UNKNOWN_MODEL', path: 'model' });
    expect(error.message).toBe(`${error.problem.detail}: ${error.problem.remedy}`);
  });
  const stranger = createClient({ url: 'http://127.0.0.1', fetch: answer });
  await expect(stranger.GET('/v1/models')).rejects.toMatchObject({ problem: { code: 'UNAUTHENTICATED' } });
});

test('what the document does not have is no program', () => {
  const wrong = () => {
    // @ts-expect-error there is no such path
    void client.GET('/v1/nothing');
    // @ts-expect-error a model must be named
    void client.GET('/v1/models/{model}');
    const params = { path: { model: 'power' } };
    const body = { horizon: '2' };
    // @ts-expect-error a horizon is a number
    void client.POST('/v1/models/{model}/forecast', { params, body });
  };
  expect(wrong).toBeInstanceOf(Function);
});
