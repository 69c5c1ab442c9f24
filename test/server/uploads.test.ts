import { localUploads } from '../../shared/server/uploads.ts';
import { memoryStore } from '../bundle/support.ts';

const { store } = memoryStore();
const clock = { time: 1_000_000 };
const { app, permitUpload: permit, asked } = localUploads({ store, now: () => clock.time });
const permitUpload: typeof permit = (...given) => asked('http://127.0.0.1:1', () => permit(...given));
const key = 'datasets/power/ümlaut & 100 %.csv';

const send = async (url: string, body: string, headers: Record<string, string> = {}) =>
  (await app.request(url, { method: 'PUT', body, headers })).status;
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
  expect(await send(url.replace('power', 'other'), 'xyz', headers)).toBe(403);
  expect(await send(changed('expires', '99999999999'), 'xyz', headers)).toBe(403);
  expect(await send(changed('size', '4'), 'wxyz', headers)).toBe(403);
  expect(await send(changed('type', 'text/html'), 'xyz', { 'content-type': 'text/html' })).toBe(403);
  expect(await send(changed('signature', ''), 'xyz', headers)).toBe(403);
  expect(await send(url, 'xyz', { 'content-type': 'text/html' })).toBe(400);
  expect(await send(url, 'wxyz', headers)).toBe(413);
  expect(await send(url, 'xy', headers)).toBe(413);
  clock.time += 60_001;
  expect(await send(url, 'xyz', headers)).toBe(403);
  expect(await stored()).toBe(before);
  expect(await stored('datasets/other/ümlaut & 100 %.csv')).toBe('');
});

test('another process does not know the signature', async () => {
  const another = localUploads({ store });
  const { url } = await another.asked('http://127.0.0.1:1', () => another.permitUpload(key, { seconds: 60 }));
  expect(await send(url, 'xyz')).toBe(403);
});
