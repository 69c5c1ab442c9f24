import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readHead } from '../../dataset/index.ts';
import {
  type Configuration,
  type Preview,
  parseConfiguration,
  partOf,
  previewTooLarge,
  readConfigurationText,
  type TablePart,
} from '../../documents/index.ts';
import { TidecastError } from '../../errors/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import { checkLength, readOptions } from '../reading/options.ts';
import { readTables } from '../reading/tables.ts';
import { type Part, tableOf } from './parts.ts';
import { refusalOf, warningsOf } from './problems.ts';

export interface PreviewTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly upload: string;
  /** Bytes of all files that are looked at at most. */
  readonly largest?: number;
}

/** What a Lambda fetches and reads while a request waits for it. */
const defaultLargest = 256 * 2 ** 20;
const shownRows = 10;

/**
 * Reads a staged upload as a training would: with the files that the dataset has already, by the staged
 * configuration or else the dataset's. What a training would refuse is part of the answer.
 *
 * @returns null where the upload has no files
 */
export async function previewUpload({
  store,
  dataset,
  upload,
  largest = defaultLargest,
}: PreviewTask): Promise<Preview | null> {
  const { parts, configuration } = await tableOf(store, dataset, upload);
  if (!parts.some(({ staged }) => staged) && !configuration?.staged) return null;
  const files = parts.map(({ file, size, staged }) => ({ file, size, staged }));
  const said = () => saidBy(store, configuration?.key);
  const nothing: Preview = {
    configuration: await said().then(shownConfiguration, unreadable),
    ...{ files, columns: [], rows: [], report: null, horizon: null, problems: [], trainable: null },
  };
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > largest) {
    const error = previewTooLarge(`a preview looks at ${largest} bytes at most`, String(bytes));
    return { ...nothing, problems: [refusalOf(error)] };
  }
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-preview-'));
  try {
    const local = await fetched(store, parts, folder);
    const configure = async () => parseConfiguration(await said());
    const head = await headOf(local, configure);
    const read = await lookAt(local, configure);
    const problems = read.problems.map((one) => ({
      ...one,
      message: one.message.replaceAll(`${folder}/`, ''),
      file: one.file?.replace(`${folder}/`, '') ?? null,
    }));
    return { ...nothing, ...head, ...read, problems };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface LocalPart extends Part {
  readonly path: string;
}

/** The files below a folder, under their names in the dataset. */
async function fetched(store: ObjectStore, parts: readonly Part[], folder: string): Promise<LocalPart[]> {
  const local: LocalPart[] = [];
  for (const part of parts) {
    const found = await store.get(part.key);
    if (!found) continue;
    const path = join(folder, part.file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, found.bytes);
    local.push({ ...part, path });
  }
  return local;
}

/** What a configuration's file says; nothing where there is none. @throws ConfigurationError for no YAML of an object */
async function saidBy(store: ObjectStore, key: string | undefined): Promise<unknown> {
  const found = key === undefined ? null : await store.get(key);
  return found ? readConfigurationText('tidecast.yaml', found.bytes) : {};
}

/** What is no object is refused when the files are read. */
const shownConfiguration = (said: unknown): Preview['configuration'] =>
  typeof said === 'object' && said !== null && !Array.isArray(said) ? { ...said } : null;

/** The whole reading says better what is wrong with it. */
function unreadable(error: unknown): null {
  if (error instanceof TidecastError && !error.code.startsWith('STORE_')) return null;
  throw error;
}

/** The first rows of the first staged file; none where it cannot be read, which the whole reading says better. */
async function headOf(
  parts: readonly LocalPart[],
  configure: () => Promise<Configuration>,
): Promise<Pick<Preview, 'columns' | 'rows'>> {
  const first = parts.find(({ staged }) => staged);
  try {
    if (!first) return { columns: [], rows: [] };
    const { columns, rows } = await readHead(first.path, shownRows, readOptions(await configure()));
    return { columns: [...columns], rows: rows.map((row) => [...row]) };
  } catch (error) {
    if (error instanceof TidecastError) return { columns: [], rows: [] };
    throw error;
  }
}

const tables: readonly TablePart[] = ['data', 'related', 'items'];

type Look = Pick<Preview, 'report' | 'horizon' | 'problems' | 'trainable'>;

async function lookAt(parts: readonly LocalPart[], configure: () => Promise<Configuration>): Promise<Look> {
  let look: Look = { report: null, horizon: null, problems: [], trainable: false };
  try {
    const configuration = await configure();
    const [data, related, items] = tables.map((table) =>
      parts.filter(({ file }) => partOf(file) === table).map(({ path }) => path),
    );
    const { report } = await readTables(
      { files: data ?? [], related: related ?? [], items: items ?? [] },
      readOptions(configuration),
    );
    const horizon = configuration.horizon ?? report.suggestedHorizon;
    const { files: _, ...counted } = report;
    look = { ...look, report: counted as Look['report'], horizon, problems: warningsOf(report, horizon) };
    checkLength(report.longest.periods, horizon);
    return { ...look, trainable: true };
  } catch (error) {
    if (!(error instanceof TidecastError) || error.code.startsWith('STORE_')) throw error;
    return { ...look, problems: [refusalOf(error), ...look.problems] };
  }
}
