import { everybody, manageApi } from '../../shared/api/index.ts';
import { allRoutes } from '../../shared/api/routes/table.ts';
import { newJob, updateJob, writeJob } from '../../shared/documents/index.ts';
import type { ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask } from './support.ts';

const { store } = memoryStore();
const permitUpload = async () => ({ url: 'https://bucket', headers: {} });
const api = (more: { store?: ObjectStore; follow?: { interval: number } } = {}) =>
  manageApi({ store, permitUpload, authenticate: everybody, ...more });

describe('health', () => {
  test('a service whose store does not answer lives, and is not ready', async () => {
    const broken: ObjectStore = {
      ...store,
      async *list() {
        yield* [];
        throw new Error('the disk of /secret is gone');
      },
    };
    const app = api({ store: broken });
    expect((await ask(app, 'GET', '/v1/health/live')).status).toBe(200);
    const answer = await ask(app, 'GET', '/v1/health/ready');
    expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNREACHABLE' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect((await ask(api(), 'GET', '/v1/health/ready')).body).toEqual({ status: 'ok' });
  });
});

describe('the page of the description', () => {
  test('has every operation, loads nothing and runs nothing', async () => {
    const { status, headers, body } = await ask(api(), 'GET', '/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    for (const { definition } of allRoutes) expect(body).toContain(`id="${definition.operationId}"`);
    expect(body).toContain('&quot;horizon&quot;');
    expect(body).not.toMatch(/<script|<link|src=|@import|url\(/);
  });
});

describe('events of a job', () => {
  const started = async (id: string) =>
    writeJob(store, newJob('power', id, { fingerprint: 'f', objects: [], parent: null }));

  test('tell of each change until the end', async () => {
    await started('followed');
    const response = await api({ follow: { interval: 5 } }).request('/v1/jobs/followed/events?dataset=power');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const seen: string[] = [];
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const [, data = ''] = /^event: job\ndata: (.*)\n\n$/.exec(decoder.decode(chunk)) ?? [];
      const { status, stage } = JSON.parse(data);
      seen.push(`${status} ${stage}`);
      // Long enough for several looks: what has not changed is not said again.
      await new Promise((resolve) => setTimeout(resolve, 30));
      if (seen.length === 1) await updateJob(store, 'power', 'followed', () => ({ stage: 'train' }));
      if (seen.length === 2) {
        await updateJob(store, 'power', 'followed', () => ({ stage: 'end', status: 'done' }));
      }
    }
    expect(seen).toEqual(['running plan', 'running train', 'done end']);
  });

  test('are not possible where answers cannot be streamed, which is said with what to do instead', async () => {
    await started('asked');
    expect(await ask(api(), 'GET', '/v1/jobs/asked/events')).toMatchObject({
      status: 501,
      body: { code: 'NOT_HERE', remedy: 'ask GET /v1/jobs/asked every few seconds' },
    });
    expect((await ask(api({ follow: { interval: 5 } }), 'GET', '/v1/jobs/nothing/events')).body.code).toBe(
      'UNKNOWN_JOB',
    );
  });
});
