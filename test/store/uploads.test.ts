import { S3Client } from '@aws-sdk/client-s3';
import { s3Uploads } from '../../shared/store/index.ts';

const client = new S3Client({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  requestChecksumCalculation: 'WHEN_REQUIRED',
});
const permit = s3Uploads({ bucket: 'bucket', prefix: 'our', client });

test('a permission is a signed URL for one key, which says type, size and how long', async () => {
  const { url, headers } = await permit('datasets/power/größe (1).csv', {
    seconds: 900,
    contentType: 'text/csv',
    size: 123,
  });
  const { host, pathname, searchParams } = new URL(url);
  expect(host).toBe('bucket.s3.eu-central-1.amazonaws.com');
  expect(decodeURIComponent(pathname)).toBe('/our/datasets/power/größe (1).csv');
  expect(searchParams.get('X-Amz-Expires')).toBe('900');
  expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
  expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  expect(headers).toEqual({ 'content-type': 'text/csv' });
});

test('without type and size any is taken, and no checksum of an empty body is signed', async () => {
  // The client of its own: made without the network, from the environment.
  const environment = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
  try {
    const own = s3Uploads({ bucket: 'bucket', region: 'eu-central-1', endpoint: 'http://localhost:4570' });
    const { url, headers } = await own('datasets/power/a.csv', { seconds: 60 });
    expect(url).toMatch(/^http:\/\/localhost:4570\/bucket\/datasets\/power\/a\.csv\?/);
    const { searchParams } = new URL(url);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host');
    expect([...searchParams.keys()].filter((key) => key.includes('checksum'))).toEqual([]);
    expect(headers).toEqual({});
  } finally {
    process.env = environment;
  }
});

test('a key that no store takes is refused', async () => {
  await expect(permit('datasets/../a', { seconds: 60 })).rejects.toMatchObject({ code: 'STORE_KEY' });
});
