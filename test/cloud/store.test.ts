import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { s3Store } from '../../shared/store/index.ts';
import { describeObjectStore } from '../store/contract.ts';
import { type Cloud, startCloud } from './support/cloud.ts';

let cloud: Cloud;
let buckets = 0;

beforeAll(async () => {
  cloud = await startCloud();
}, 60_000);
afterAll(() => cloud.stop());

async function newBucket(): Promise<string> {
  const bucket = `contract-${++buckets}`;
  await new S3Client({}).send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

describeObjectStore('s3Store at the top of an emulated bucket', async () => ({
  store: s3Store({ bucket: await newBucket() }),
}));

describeObjectStore('s3Store below a prefix of an emulated bucket', async () => ({
  store: s3Store({ bucket: await newBucket(), prefix: 'our/data' }),
}));
