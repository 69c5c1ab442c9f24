import type { Retrain } from '../../shared/api/index.ts';
import { type Authenticate, everybody, manageApi } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask } from './support.ts';

const minute = 60_000;

/** An app whose retraining is counted; the clock stands where it is put. */
function counting({
  retrain,
  authenticate = everybody,
}: {
  retrain?: Retrain;
  authenticate?: Authenticate;
} = {}) {
  const { store, objects } = memoryStore();
  const state = { done: 0, time: 10 * minute };
  const app = manageApi({
    store,
    authenticate,
    permitUpload: async (key) => ({ url: `https://bucket/${key}?${++state.done}`, headers: {} }),
    retrain:
      retrain ??
      (async () => {
        state.done++;
        return { kind: 'started', job: `j${state.done}` };
      }),
    idempotency: { store, now: () => state.time },
  });
  const retrainWith = (key: string, dataset = 'd', token?: string) =>
    ask(app, 'POST', `/v1/datasets/${dataset}/retrain`, {
      headers: { 'idempotency-key': key },
      ...(token !== undefined && { token }),
    });
  const uploadWith = (key: string, body: unknown) =>
    ask(app, 'POST', '/v1/datasets/d/uploads', { body, headers: { 'idempotency-key': key } });
  return { state, objects, app, retrainWith, uploadWith };
}

test('the same request with the same key is done once and answered alike', async () => {
  const { state, retrainWith } = counting();
  const first = await retrainWith('k');
  const again = await retrainWith('k');
  expect([first.body, again.body]).toEqual([
    { dataset: 'd', job: 'j1' },
    { dataset: 'd', job: 'j1' },
  ]);
  expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(state.done).toBe(1);
  expect((await retrainWith('another')).body.job).toBe('j2');
});

test('without a key every request is done, and nothing is kept', async () => {
  const { state, app, objects } = counting();
  for (let i = 0; i < 2; i++) await ask(app, 'POST', '/v1/datasets/d/retrain');
  expect([state.done, objects.size]).toEqual([2, 0]);
});

test('the key of another request is refused: another body, path or order of neither', async () => {
  const { state, retrainWith, uploadWith } = counting();
  await uploadWith('k', { file: 'a.csv' });
  const { status, body } = await uploadWith('k', { file: 'b.csv' });
  expect([status, body]).toEqual([
    422,
    {
      type: 'urn:tidecast:problem:key-reused',
      title: 'The key belongs to another request',
      status: 422,
      detail:
        'Idempotency-Key must be used for one request only, got the key of another request, or of one with another body',
      code: 'KEY_REUSED',
      remedy: 'send a new key, or the request that the key was first sent with',
      path: 'Idempotency-Key',
      requestId: expect.any(String),
    },
  ]);
  expect((await retrainWith('k')).body.code).toBe('KEY_REUSED');
  expect((await uploadWith('k', { file: 'a.csv' })).body.url).toMatch(/\?1$/);
  expect(state.done).toBe(1);
});

test('of many at once one is done, and the others are told to wait; after that all are answered alike', async () => {
  const { state, retrainWith } = counting();
  const answers = await Promise.all(Array.from({ length: 12 }, () => retrainWith('k')));
  const refused = answers.filter(({ status }) => status === 409);
  expect(state.done).toBe(1);
  expect(refused.length).toBeGreaterThan(0);
  for (const { body, headers } of refused) {
    expect([body.code, headers.get('retry-after')]).toEqual(['KEY_IN_USE', '5']);
  }
  expect((await retrainWith('k')).body).toEqual({ dataset: 'd', job: 'j1' });
});

test('a key whose request never ended is free again after two minutes, for one of many', async () => {
  let calls = 0;
  // The first is killed: it never comes to its end.
  const killed: Retrain = () =>
    ++calls === 1 ? new Promise(() => undefined) : Promise.resolve({ kind: 'started', job: `j${calls}` });
  const { state, retrainWith } = counting({ retrain: killed });
  void retrainWith('k');
  while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect((await retrainWith('k')).status).toBe(409);
  state.time += 2 * minute - 1;
  expect((await retrainWith('k')).headers.get('retry-after')).toBe('1');
  state.time += 1;
  const answers = await Promise.all(Array.from({ length: 6 }, () => retrainWith('k')));
  expect(calls).toBe(2);
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect((await retrainWith('k')).body.job).toBe('j2');
});

test('after a refusal or a fault the key is free again, also for a mended request', async () => {
  let calls = 0;
  const retrain: Retrain = async () => {
    calls++;
    if (calls === 1) throw new Error('the network is down');
    return { kind: calls === 2 ? 'busy' : 'started', job: 'j' };
  };
  const { retrainWith, uploadWith } = counting({ retrain });
  expect(
    [await retrainWith('k'), await retrainWith('k'), await retrainWith('k')].map(({ status }) => status),
  ).toEqual([500, 409, 200]);
  expect((await uploadWith('u', {})).status).toBe(422);
  expect((await uploadWith('u', { file: 'a.csv' })).status).toBe(200);
});

test('an answer is forgotten after a day', async () => {
  const { state, retrainWith } = counting();
  await retrainWith('k');
  state.time += 24 * 60 * minute - 1;
  expect((await retrainWith('k')).body.job).toBe('j1');
  state.time += 1;
  expect((await retrainWith('k', 'other')).body).toEqual({ dataset: 'other', job: 'j2' });
});

test('a key belongs to its token, and nobody without leave learns of it', async () => {
  const authenticate: Authenticate = async (authorization) => {
    const id = authorization?.replace('Bearer ', '');
    return id ? { id, datasets: id === 'stranger' ? ['x'] : ['d'], scopes: ['admin'] } : null;
  };
  const { state, retrainWith } = counting({ authenticate });
  expect((await retrainWith('k', 'd', 'one')).body.job).toBe('j1');
  expect((await retrainWith('k', 'd', 'two')).body.job).toBe('j2');
  expect((await retrainWith('k', 'd', 'stranger')).status).toBe(403);
  expect((await retrainWith('k', 'd')).status).toBe(401);
  expect(state.done).toBe(2);
});

test.each(['', 'a b', 'k'.repeat(256), 'ä'])('the key %j is refused', async (key) => {
  const { state, retrainWith } = counting();
  const { status, body } = await retrainWith(key);
  expect([status, body.code, body.path, state.done]).toEqual([422, 'REQUEST', 'Idempotency-Key', 0]);
});
