import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Configuration,
  type Job,
  parseConfiguration,
  readConfigurationText,
} from '../../documents/index.ts';
import { TidecastError } from '../../errors/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';

/** An object is not the one that the job was started with. */
export class InputsChangedError extends TidecastError {
  readonly code = 'INPUTS_CHANGED';
}

type Input = Job['inputs']['objects'][number];

/** One of the job's inputs, as it was when the job was started. @throws InputsChangedError */
async function readInput(store: ObjectStore, { key, etag }: Input): Promise<Uint8Array> {
  const found = await store.get(key);
  if (found?.etag === etag) return found.bytes;
  throw new InputsChangedError({
    rule: `${key} must be the object that the job was started with`,
    received: found ? 'a newer one' : 'none',
    remedy: 'a job on what is there now starts by itself',
  });
}

/** The configuration among the job's inputs; defaults where there is none. @throws ConfigurationError */
export async function readConfiguration(
  store: ObjectStore,
  { dataset, inputs }: Job,
): Promise<Configuration> {
  const key = keys.configuration(dataset);
  const input = inputs.objects.find((object) => object.key === key);
  return parseConfiguration(input ? readConfigurationText(key, await readInput(store, input)) : {});
}

/** Writes the table's parts below a folder, under their names in the dataset, and returns their paths. */
export async function download(
  store: ObjectStore,
  { dataset, inputs }: Job,
  folder: string,
): Promise<string[]> {
  const paths: string[] = [];
  for (const input of inputs.objects) {
    if (input.key === keys.configuration(dataset)) continue;
    const path = join(folder, input.key.slice(keys.datasets(dataset).length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await readInput(store, input));
    paths.push(path);
  }
  return paths;
}
