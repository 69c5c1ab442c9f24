/**
 * npm run -s rollback -- --stack STACK --model MODEL [--to VERSION]: moves the pointer to the champion back, to the
 * version that served before or to a given one. Newer observations stay: they are not part of a version.
 */
import { parseArgs } from 'node:util';
import { promote, readCurrent, versionBefore } from '../shared/bundle/index.ts';
import { TidecastError } from '../shared/errors/index.ts';
import { s3Store } from '../shared/store/index.ts';
import { stackOutputs } from './stack-outputs.ts';

const { values: options } = parseArgs({
  options: {
    stack: { type: 'string', default: 'Tidecast' },
    region: { type: 'string' },
    model: { type: 'string' },
    to: { type: 'string' },
  },
});

async function rollBack(model: string): Promise<string> {
  const outputs = await stackOutputs(options.stack, options.region);
  if (!outputs?.BucketName)
    return `--stack must name a stack of Tidecast, got ${options.stack}: deploy it first`;
  const store = s3Store({ bucket: outputs.BucketName, ...(options.region && { region: options.region }) });
  const from = await readCurrent(store, model);
  if (!from) return `--model must name a model that serves, got ${model}: GET /v1/models lists them`;
  const version = options.to ?? versionBefore(from);
  if (!version)
    return `${model} must have served another version before, got ${from.version} only: train first`;
  const at = new Date().toISOString();
  await promote(store, model, { version, reason: `rolled back from ${from.version} by hand`, at, from });
  console.log(`${model} serves ${version}; before: ${from.version}`);
  return '';
}

const refused = (error: unknown): string => {
  if (error instanceof TidecastError) return error.message;
  throw error;
};
const wrong = options.model
  ? await rollBack(options.model).catch(refused)
  : '--model must name a model, got none: add it';
if (wrong) {
  console.error(wrong);
  process.exitCode = 2;
}
