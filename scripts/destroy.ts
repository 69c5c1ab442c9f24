/**
 * npm run destroy [-- -c name=NAME --force --delete-data [--bucket BUCKET]]: removes the stack. The bucket and what
 * is in it stay, unless `--delete-data` is given; for the bucket of a stack that is gone already, name it.
 */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { runCdk } from './cdk.ts';
import { stackOutputs } from './stack-outputs.ts';

const { values: options } = parseArgs({
  options: {
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    'delete-data': { type: 'boolean', default: false },
    bucket: { type: 'string' },
    force: { type: 'boolean', default: false },
  },
});
const context = options.context.flatMap((each) => ['-c', each]);
const region = options.context.find((each) => each.startsWith('region='))?.slice('region='.length);
const s3 = new S3Client({ ...(region && { region }) });

/** Deletes every version of every object; false where there is no such bucket. */
async function empty(bucket: string): Promise<boolean> {
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket })).catch((error: Error) => {
      if (error.name === 'NoSuchBucket') return null;
      throw error;
    });
    if (!page) return false;
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (versions.length === 0) return true;
    const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors[0]) throw new Error(`${Errors[0].Key} could not be deleted: ${Errors[0].Message}`);
  }
}

/** What is deleted for good is named again by whoever wants it so. */
async function confirm(stack: string, bucket: string): Promise<boolean> {
  if (options.force) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This removes the stack ${stack} and everything in s3://${bucket}, former versions too.\nThe stack's name, to go on: `,
  );
  terminal.close();
  return answer === stack;
}

const stack = runCdk(['list', ...context], { capture: true }).trim();
const outputs = await stackOutputs(stack, region);
const bucket = options.bucket ?? outputs?.BucketName;

if (!options['delete-data']) {
  runCdk(['destroy', ...context, ...(options.force ? ['--force'] : [])]);
  if (bucket) {
    console.log(`
Kept     s3://${bucket}
To remove it as well: npm run destroy -- --delete-data --bucket ${bucket}`);
  }
} else if (bucket === undefined) {
  console.error(`--delete-data needs the stack or its bucket, got no stack ${stack}: name it with --bucket`);
  process.exitCode = 2;
} else if (await confirm(stack, bucket)) {
  // A bucket that goes with its stack must be empty before; what the running pipeline adds meanwhile goes after.
  await empty(bucket);
  if (outputs) runCdk(['destroy', ...context, '--force']);
  if (await empty(bucket)) await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  console.log(`\nRemoved  s3://${bucket}`);
} else {
  console.error('nothing was removed');
  process.exitCode = 1;
}
