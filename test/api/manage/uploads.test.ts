import { everybody, manageApi } from '../../../shared/api/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask } from '../support.ts';

describe('uploads', () => {
  const asked: unknown[] = [];
  const app = manageApi({
    store: memoryStore().store,
    authenticate: everybody,
    now: () => new Date('2024-05-01T12:00:00Z'),
    permitUpload: async (key, request) => {
      asked.push([key, request]);
      return {
        url: `https://bucket/${key}?signature`,
        headers: { 'content-type': request.contentType ?? '' },
      };
    },
  });
  const upload = (body: unknown, dataset = 'power') =>
    ask(app, 'POST', `/v1/datasets/${dataset}/uploads`, { body });

  test('a file gets a URL for a quarter of an hour, in its dataset’s folder', async () => {
    const { status, body } = await upload({ file: 'north/2024 (1).csv', contentType: 'text/csv', size: 123 });
    expect(asked.at(-1)).toEqual([
      'datasets/power/north/2024 (1).csv',
      { seconds: 900, contentType: 'text/csv', size: 123 },
    ]);
    expect([status, body]).toEqual([
      200,
      {
        dataset: 'power',
        file: 'north/2024 (1).csv',
        method: 'PUT',
        url: 'https://bucket/datasets/power/north/2024 (1).csv?signature',
        headers: { 'content-type': 'text/csv' },
        expires: '2024-05-01T12:15:00.000Z',
        maxBytes: 2_147_483_648,
      },
    ]);
  });

  test.each([
    [{}, 'file'],
    [{ file: '' }, 'file'],
    [{ file: '../other/a.csv' }, 'file'],
    [{ file: '/a.csv' }, 'file'],
    [{ file: 'a//b.csv' }, 'file'],
    [{ file: 'a\u0000.csv' }, 'file'],
    [{ file: '.tidecast-lock' }, 'file'],
    [{ file: 'a.csv', size: 2_147_483_649 }, 'size'],
    [{ file: 'a.csv', size: 0 }, 'size'],
    [{ file: 'a.csv', contentType: 'text/csv\r\nx-evil: 1' }, 'contentType'],
    [{ file: 'a.csv', contenttype: 'text/csv' }, 'contenttype'],
  ])('the upload %j is refused', async (body, path) => {
    const before = asked.length;
    expect(await upload(body)).toMatchObject({ status: 422, body: { path } });
    expect(asked).toHaveLength(before);
  });

  test('a dataset must have a name that can stand in a URL', async () => {
    expect(await upload({ file: 'a.csv' }, 'a%2Fb')).toMatchObject({
      status: 422,
      body: { path: 'dataset' },
    });
  });
});
