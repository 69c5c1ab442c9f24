import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Configuration,
  type Job,
  parseConfiguration,
  partOf,
  readConfigurationText,
  type TablePart,
} from '../../documents/index.ts';
import { TidecastError } from '../../errors/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { TableFiles } from '../reading/tables.ts';

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

/** Writes the tables' parts below a folder, under their names in the dataset, and returns their paths. */
export async function download(
  store: ObjectStore,
  { dataset, inputs }: Job,
  folder: string,
): Promise<TableFiles> {
  const paths: Record<TablePart, string[]> = { data: [], related: [], items: [] };
  for (const input of inputs.objects) {
    if (input.key === keys.configuration(dataset)) continue;
    const file = input.key.slice(keys.datasets(dataset).length);
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await readInput(store, input));
    paths[partOf(file)].push(path);
  }
  return { files: paths.data, related: paths.related, items: paths.items };
}
