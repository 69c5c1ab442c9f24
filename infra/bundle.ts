import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { complaint } from './complaint.ts';
import { addFunction } from './function.ts';
import type { Architecture, FunctionName } from './props.ts';

/**
 * Bundles one function below `target`, as a deployment would.
 *
 * @returns the folder that becomes the function's zip; its handler is in `index.mjs`
 */
export function bundleFunction(name: FunctionName, architecture: Architecture, target: string): string {
  const app = new App({ outdir: target });
  const stack = new Stack(app, 'Bundle');
  addFunction(stack, name, {
    service: 'bundle',
    bucket: new Bucket(stack, 'Bucket'),
    encryptionKey: undefined,
    architecture,
    logRetention: RetentionDays.ONE_DAY,
    logLevel: 'INFO',
    functions: {},
  });
  const [folder] = readdirSync(target).filter((entry) => entry.startsWith('asset.'));
  if (folder === undefined)
    throw complaint('a bundle must be one folder', 'none', `see what is in ${target}`);
  return join(target, folder);
}
