import { useState } from 'preact/hooks';
import type { Client } from '../../../shared/client/index.ts';
import { ApiError, type Configuration, type Preview, present, useApi } from '../../api/index.ts';
import { go } from '../../route/index.ts';
import { newestJob, nextJob, type Staged, stageFiles } from './send.ts';

/** What is going on. */
export type Doing =
  | { readonly kind: 'nothing' | 'reading' | 'starting' }
  | { readonly kind: 'sending'; readonly file: string; readonly share: number };

/** A staged upload and what was found in it. */
export interface Looked {
  readonly staged: Staged;
  /** By which it was read: staged with it, or the dataset's own. */
  readonly configuration: Configuration;
  /** null where the files are too large to be looked at. */
  readonly preview: Preview | null;
}

/** An upload from its files to its training: what can be done, what is being done, what was found. */
export function useUpload() {
  const { client } = useApi();
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [looked, setLooked] = useState<Looked | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (reason) {
      setError(reason);
    } finally {
      setDoing({ kind: 'nothing' });
    }
  };
  const send = (dataset: string, files: readonly File[], to?: string) =>
    stageFiles(client, dataset, files, (file, share) => setDoing({ kind: 'sending', file, share }), to);
  const read = async (staged: Staged) => {
    setDoing({ kind: 'reading' });
    const preview = await previewOf(client, staged);
    setLooked({ staged, configuration: preview?.configuration ?? {}, preview });
  };
  return {
    ...{ doing, looked, error, setError },
    /** Stages files, and a configuration where there is one, and looks at them. */
    look: (dataset: string, files: readonly File[], configuration: Configuration | null) =>
      attempt(async () => {
        const staged = await send(dataset, files);
        if (configuration) await send(dataset, [settingsFile(configuration)], staged.upload);
        await read(staged);
      }),
    /** Looks once more, by another configuration. */
    lookAgain: ({ staged }: Looked, configuration: Configuration) =>
      attempt(async () => {
        await send(staged.dataset, [settingsFile(configuration)], staged.upload);
        await read(staged);
      }),
    /** Makes the files part of the dataset, and goes to the training that begins by that. */
    start: ({ staged, configuration: before }: Looked, configuration: Configuration) =>
      attempt(async () => {
        setDoing({ kind: 'starting' });
        const { dataset } = staged;
        const lastJob = await newestJob(client, dataset);
        await client.POST('/v1/datasets/{dataset}/uploads/{upload}/commit', {
          params: { path: { ...staged } },
          // What was staged or is the dataset's own already is not said again.
          body: JSON.stringify(configuration) === JSON.stringify(before) ? {} : { configuration },
        });
        const job = await nextJob(client, dataset, lastJob);
        go(job ? { page: 'training', dataset, job } : { page: 'start' });
      }),
    discard: ({ staged }: Looked) =>
      attempt(async () => {
        const params = { path: { ...staged } };
        await client.DELETE('/v1/datasets/{dataset}/uploads/{upload}', { params });
        setLooked(null);
      }),
  };
}

/** JSON is YAML as well. */
const settingsFile = (configuration: Configuration): File =>
  new File([JSON.stringify(configuration, null, 2)], 'tidecast.yaml');

/** null where the files are too large to be looked at, which is no reason not to train on them. */
async function previewOf(client: Client, staged: Staged): Promise<Preview | null> {
  const params = { path: { ...staged } };
  try {
    return present(await client.GET('/v1/datasets/{dataset}/uploads/{upload}/preview', { params }));
  } catch (reason) {
    if (reason instanceof ApiError && reason.problem.code === 'PREVIEW_TOO_LARGE') return null;
    throw reason;
  }
}
