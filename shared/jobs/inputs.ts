import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Configuration, inputsFingerprint, type JobInputs } from '../documents/index.ts';
import { ConfigurationError } from '../errors/index.ts';
import type { TableFiles } from './reading/tables.ts';

export interface LocalInputs extends TableFiles {
  readonly dataset: string;
  readonly configuration: Configuration;
}

/** What a job on local files is made of: files are known by their content, whatever they are called. */
export async function localInputs({
  dataset,
  files,
  related = [],
  items = [],
  configuration,
}: LocalInputs): Promise<Omit<JobInputs, 'parent'>> {
  const objects: JobInputs['objects'] = [];
  const parts: string[] = [];
  for (const [table, names] of Object.entries({ '': files, related, items })) {
    for (const file of names) {
      const etag = await contentHash(file);
      objects.push({ key: basename(file), etag });
      parts.push(table === '' ? etag : `${table} ${etag}`);
    }
  }
  objects.sort((a, b) => (a.etag < b.etag ? -1 : 1));
  parts.sort();
  return { fingerprint: inputsFingerprint({ dataset, parts, configuration }), objects };
}

async function contentHash(file: string): Promise<string> {
  checkFile(file);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function checkFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  throw new ConfigurationError({
    rule: 'the data must be files that exist',
    received: `${file}, which ${found ? 'is no file' : 'does not exist'}`,
    remedy: 'mend the path',
  });
}
