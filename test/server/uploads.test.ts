import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { localUploads } from '../../shared/server/uploads.ts';
import { fileStore } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('uploads');
const root = folder.root();
const store = fileStore(root);
const clock = { time: 1_000_000 };
const { app, permitUpload: permit, asked } = localUploads({ store, now: () => clock.time });
const permitUpload: typeof permit = (...given) => asked('http://127.0.0.1:1', () => permit(...given));
const key = 'datasets/power/ümlaut & 100 %.csv';

/** The status of the answer, or of what is thrown: the server makes a problem document of it. */
app.onError((error, c) => c.json({ code: (error as { code?: string }).code, message: error.message }, 500));
const send = async (url: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const answer = await app.request(url, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);
  return answer.status === 200 ? 200 : (await answer.json()).code;
};
const stored = async (name = key) => Buffer.from((await store.get(name))?.bytes ?? []).toString();

test('what is sent to a URL is stored under the key that the URL is for', async () => {
  const { url, headers } = await permitUpload(key, { seconds: 60, contentType: 'text/csv', size: 5 });
  expect(headers).toEqual({ 'content-type': 'text/csv' });
  expect(await send(url, 'a,b,c', headers)).toBe(200);
  expect(await stored()).toBe('a,b,c');
});

test('a URL that was changed, has expired, or gets another type or size is refused, and nothing is written', async () => {
  const { url, headers } = await permitUpload(key, { seconds: 60, contentType: 'text/csv', size: 3 });
  const before = await stored();
  const changed = (name: string, value: string) => {
    const other = new URL(url);
    other.searchParams.set(name, value);
    return other.href;
  };
  expect(await send(url.replace('power', 'other'), 'xyz', headers)).toBe('UPLOAD_URL');
  expect(await send(changed('expires', '99999999999'), 'xyz', headers)).toBe('UPLOAD_URL');
  expect(await send(changed('size', '4'), 'wxyz', headers)).toBe('UPLOAD_URL');
  expect(await send(changed('type', 'text/html'), 'xyz', { 'content-type': 'text/html' })).toBe('UPLOAD_URL');
  expect(await send(changed('signature', ''), 'xyz', headers)).toBe('UPLOAD_URL');
  expect(await send(url, 'xyz', { 'content-type': 'text/html' })).toBe('MEDIA_TYPE');
  expect(await send(url, 'wxyz', headers)).toBe('BODY_TOO_LARGE');
  expect(await send(url, 'xy', headers)).toBe('REQUEST');
  clock.time += 60_001;
  expect(await send(url, 'xyz', headers)).toBe('UPLOAD_URL');
  expect(await stored()).toBe(before);
  expect(await stored('datasets/other/ümlaut & 100 %.csv')).toBe('');
  expect(readdirSync(join(root, 'datasets/power'))).toHaveLength(1);
});

test('another process does not know the signature', async () => {
  const another = localUploads({ store });
  const { url } = await another.asked('http://127.0.0.1:1', () => another.permitUpload(key, { seconds: 60 }));
  expect(await send(url, 'xyz')).toBe('UPLOAD_URL');
});

describe('while a file arrives', () => {
  const size = 1 << 20;
  const inside = (dataset: string) => readdirSync(join(root, 'datasets', dataset));
  /** A body whose pieces are made when they are asked for; `look` is called before each. */
  const body = (count: number, look: (given: number) => void) => {
    let given = 0;
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          look(given);
          if (given++ === count) controller.close();
          else controller.enqueue(new Uint8Array(size));
        },
      },
      { highWaterMark: 0 },
    );
  };

  test('what has come is in a file, not in memory, and no object yet', async () => {
    const { url } = await permitUpload('datasets/large/1.csv', { seconds: 60 });
    const behind: number[] = [];
    const look = (given: number) => {
      if (given === 0) return;
      const [name = ''] = inside('large');
      expect(name).toMatch(/^\.tidecast-.*\.tmp$/);
      behind.push(given - statSync(join(root, 'datasets/large', name)).size / size);
    };
    expect(await send(url, body(8, look))).toBe(200);
    expect(behind).toHaveLength(8);
    expect(Math.max(...behind)).toBeLessThanOrEqual(2);
    expect(inside('large')).toEqual(['1.csv']);
    expect(await store.head('datasets/large/1.csv')).toMatchObject({ size: 8 * size });
  });

  test('no more is taken than the URL is for', async () => {
    const { url } = await permitUpload('datasets/larger/1.csv', { seconds: 60, size: 2 * size });
    let asked = 0;
    const endless = body(Number.POSITIVE_INFINITY, (given) => {
      asked = given;
    });
    expect(await send(url, endless)).toBe('BODY_TOO_LARGE');
    expect(asked).toBeLessThanOrEqual(4);
    expect(inside('larger')).toEqual([]);
  });

  test('a file that breaks off leaves nothing', async () => {
    const { url } = await permitUpload('datasets/broken/1.csv', { seconds: 60 });
    const broken = body(9, (given) => {
      if (given === 3) throw new Error('the line is broken');
    });
    expect(await send(url, broken)).toBe('MALFORMED');
    expect(inside('broken')).toEqual([]);
  });
});
