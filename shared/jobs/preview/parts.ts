import { keys, type ObjectStore } from '../../store/index.ts';

/** One file of the table that a commit would make. */
export interface Part {
  readonly file: string;
  readonly key: string;
  readonly size: number;
  /** Whether it is the upload's; else it is the dataset's. */
  readonly staged: boolean;
}

export interface Table {
  /** By name; the upload's files stand in place of the dataset's of the same name. */
  readonly parts: readonly Part[];
  readonly configuration: Part | null;
}

/** What the dataset would consist of. */
export async function tableOf(store: ObjectStore, dataset: string, upload: string): Promise<Table> {
  const found = new Map<string, Part>();
  for (const [prefix, staged] of [
    [keys.datasets(dataset), false],
    [keys.stagedUpload(dataset, upload), true],
  ] as const) {
    for await (const { key, size } of store.list(prefix)) {
      const file = key.slice(prefix.length);
      found.set(file, { file, key, size, staged });
    }
  }
  const name = keys.configuration(dataset).slice(keys.datasets(dataset).length);
  const configuration = found.get(name) ?? null;
  found.delete(name);
  return { parts: [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1)), configuration };
}
