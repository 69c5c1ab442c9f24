import { s3Store } from '../../shared/store/index.ts';
import { describeObjectStore } from './contract.ts';
import { fakeS3, serviceError } from './fake-s3.ts';

describeObjectStore('s3Store at the top of a bucket', async () => ({
  store: s3Store({ bucket: 'bucket', client: fakeS3().client }),
}));

describeObjectStore('s3Store below a prefix', async () => {
  const { client, objects } = fakeS3();
  objects.set('other/a', Buffer.from('x'));
  objects.set('our/data-of-others', Buffer.from('x'));
  return { store: s3Store({ bucket: 'bucket', prefix: 'our/data', client }) };
});

describe('s3Store', () => {
  test('a missing bucket is an error and not a missing object', async () => {
    const store = s3Store({ bucket: 'mistyped', client: fakeS3().client });
    await expect(store.get('a')).rejects.toThrow('NoSuchBucket');
  });

  test('faults of the service are passed on, 409 is a conflict', async () => {
    const { client } = fakeS3();
    let status = 503;
    const failing = {
      send: async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'PutObjectCommand') throw serviceError('Fault', status);
        return client.send(command as never);
      },
    } as unknown as typeof client;
    const store = s3Store({ bucket: 'bucket', client: failing });
    await expect(store.put('a', Buffer.from('x'), { ifNoneMatch: '*' })).rejects.toThrow('Fault');
    status = 409;
    await expect(store.put('a', Buffer.from('x'), { ifNoneMatch: '*' })).rejects.toMatchObject({
      code: 'STORE_CONFLICT',
    });
  });

  test('a conflict with its own earlier attempt, whose answer was lost, is none', async () => {
    const { client } = fakeS3();
    const losing = {
      send: async (command: { constructor: { name: string } }) => {
        const answer = await client.send(command as never);
        if (command.constructor.name === 'PutObjectCommand') throw serviceError('PreconditionFailed', 412, 2);
        return answer;
      },
    } as unknown as typeof client;
    const store = s3Store({ bucket: 'bucket', client: losing });
    const etag = await store.put('a', Buffer.from('mine'), { ifNoneMatch: '*' });
    expect(await store.head('a')).toEqual({ size: 4, etag });
  });

  test('list leaves out the folders that the console draws', async () => {
    const { client, objects } = fakeS3();
    objects.set('datasets/', new Uint8Array(0));
    objects.set('datasets/a.csv', Buffer.from('x'));
    const found = [];
    for await (const { key } of s3Store({ bucket: 'bucket', client }).list('datasets/')) found.push(key);
    expect(found).toEqual(['datasets/a.csv']);
  });
});
