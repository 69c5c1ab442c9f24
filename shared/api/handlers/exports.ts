import { readCurrent, readDescription } from '../../bundle/index.ts';
import {
  createExport,
  type Export,
  exportFields,
  listExports,
  newExport,
  readExport,
} from '../../documents/index.ts';
import { checkHorizon, levelReader, shapeOf } from '../../forecast/index.ts';
import { keys, type ObjectStore, type PermitDownload } from '../../store/index.ts';
import { at, Refusal } from '../problem.ts';
import type { ExportAnswer, ExportInput } from '../routes/exports.ts';
import { unknownModel } from './forecast.ts';
import type { StoredFile } from './model-changes.ts';

/** Has an export carried out, in whatever way this place has; it may take hours. */
export type StartExport = (dataset: string, id: string) => Promise<void>;

/** @throws Refusal where no version serves, or it cannot do what is asked for */
export async function begunExport(
  store: ObjectStore,
  start: StartExport | undefined,
  { model, request, now }: { readonly model: string; readonly request: ExportInput; readonly now: Date },
): Promise<ExportAnswer> {
  if (!start) throw notHere();
  const current = await readCurrent(store, model);
  if (!current) throw unknownModel(model);
  const { version } = current;
  const shape = shapeOf(await readDescription(store, keys.model(model, version)));
  const { format, horizon = shape.horizon, quantiles = [...shape.levels] } = request;
  at('horizon', () => checkHorizon(shape, horizon));
  at('quantiles', () => levelReader(shape.levels, quantiles));
  const document = newExport({ model, version, format, horizon, quantiles }, now);
  await createExport(store, document);
  try {
    await start(model, document.export);
  } catch (error) {
    await store.delete(keys.export(model, document.export));
    throw error;
  }
  return shown(document);
}

/** @throws Refusal where there is no such model, and no export of one that was */
export async function pageOfExports(
  store: ObjectStore,
  model: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ model: string; exports: ExportAnswer[]; next: string | null }> {
  const ids = [...(await listExports(store, model))].reverse();
  if (ids.length === 0 && !(await readCurrent(store, model))) throw unknownModel(model);
  const rest = ids.filter((id) => after === undefined || id < after);
  const found = await Promise.all(rest.slice(0, limit).map((id) => readExport(store, model, id)));
  const next = rest.length > limit ? (rest[limit - 1] ?? null) : null;
  return { model, exports: found.filter((one) => one !== null).map(shown), next };
}

/** @throws Refusal where there is none */
export async function describedExport(store: ObjectStore, model: string, id: string): Promise<ExportAnswer> {
  return shown(await knownExport(store, model, id));
}

async function knownExport(store: ObjectStore, model: string, id: string): Promise<Export> {
  const found = await readExport(store, model, id);
  if (found) return found;
  throw new Refusal(
    'UNKNOWN_EXPORT',
    {
      rule: `export must be one of ${model}`,
      received: id,
      remedy: 'GET /v1/models/{model}/exports lists them',
    },
    { path: 'export' },
  );
}

const shown = (document: Export): ExportAnswer => {
  const names = Object.keys(exportFields) as (keyof ExportAnswer)[];
  return Object.fromEntries(names.map((name) => [name, document[name]])) as ExportAnswer;
};

/** How long a download may begin. */
const seconds = 15 * 60;

interface NamedFile {
  readonly model: string;
  readonly export: string;
  readonly file: string;
}

/** @throws Refusal where there is no such export, or file in it */
export async function exportedFile(
  store: ObjectStore,
  permitDownload: PermitDownload | undefined,
  { model, export: id, file }: NamedFile,
): Promise<StoredFile> {
  const { files } = await knownExport(store, model, id);
  const key = keys.exportFile(model, id, file);
  const isListed = files.some((one) => one.file === file);
  if (isListed && permitDownload) {
    return { url: await permitDownload(key, { seconds, name: `${model}-${id}-${file}` }) };
  }
  const found = isListed ? await store.get(key) : null;
  if (found) return found;
  throw new Refusal(
    'UNKNOWN_FILE',
    {
      rule: 'file must be one that is written',
      received: file,
      remedy: 'GET /v1/models/{model}/exports/{export} lists them',
    },
    { path: 'file' },
  );
}

/** The document goes first: whoever is at work on it finds it gone, and ends. */
export async function removedExport(store: ObjectStore, model: string, id: string): Promise<number> {
  await knownExport(store, model, id);
  await store.delete(keys.export(model, id));
  let removed = 1;
  for await (const { key } of store.list(keys.exportFiles(model, id))) {
    await store.delete(key);
    removed++;
  }
  return removed;
}

const notHere = () =>
  new Refusal('NOT_HERE', {
    rule: 'exports need a place that carries them out',
    received: 'a request to one that has none',
    remedy: 'ask for forecasts of some items at a time: POST /v1/models/{model}/forecast',
  });
