import { useEffect, useState } from 'preact/hooks';
import { ApiError, type Configuration, type Preview, present, useApi } from '../../api/index.ts';
import { Busy, Problem, Progress } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { go, type Route } from '../../route/index.ts';
import { Choose } from './choose.tsx';
import { exampleConfiguration, exampleFiles, exampleName } from './example.ts';
import { Found } from './found.tsx';
import { newestJob, nextJob, type Staged, stageFiles } from './send.ts';

/** What is going on. */
type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sending'; readonly file: string; readonly share: number }
  | { readonly kind: 'reading' }
  | { readonly kind: 'starting' };

interface Looked {
  readonly staged: Staged;
  readonly configuration: Configuration;
  readonly preview: Preview | null;
}

/** Files → stage → preview → settings → commit → the training's page. */
export function UploadPage({ route }: { readonly route: Extract<Route, { page: 'upload' }> }) {
  const { words, formats } = useReading();
  const { client } = useApi();
  const [dataset, setDataset] = useState(route.dataset ?? (route.example ? exampleName : ''));
  const [files, setFiles] = useState<readonly File[]>([]);
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [looked, setLooked] = useState<Looked | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (route.example) exampleFiles().then(setFiles, setError);
  }, [route.example]);

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
  const onProgress = (file: string, share: number) => setDoing({ kind: 'sending', file, share });
  const preview = async (staged: Staged, configuration: Configuration) => {
    setDoing({ kind: 'reading' });
    setLooked({ staged, configuration, preview: await previewOf(staged) });
  };
  const previewOf = async ({ dataset: name, upload }: Staged): Promise<Preview | null> => {
    const path = { dataset: name, upload };
    try {
      return present(
        await client.GET('/v1/datasets/{dataset}/uploads/{upload}/preview', { params: { path } }),
      );
    } catch (reason) {
      // Too large to be looked at is no reason not to be trained on.
      if (reason instanceof ApiError && reason.problem.code === 'PREVIEW_TOO_LARGE') return null;
      throw reason;
    }
  };
  const stageSettings = (configuration: Configuration, to?: string) => {
    const text = new File([JSON.stringify(configuration, null, 2)], 'tidecast.yaml');
    return stageFiles(client, dataset, [text], onProgress, to);
  };
  const look = () =>
    attempt(async () => {
      const staged = await stageFiles(client, dataset, files, onProgress);
      const configuration = route.example ? exampleConfiguration : await configurationBefore(dataset);
      if (route.example) await stageSettings(configuration, staged.upload);
      await preview(staged, configuration);
    });
  const configurationBefore = async (name: string): Promise<Configuration> => {
    if (!route.dataset) return {};
    const answer = await client.GET('/v1/datasets/{dataset}/configuration', {
      params: { path: { dataset: name } },
    });
    return present(answer).configuration;
  };
  const start = (staged: Staged, configuration: Configuration) =>
    attempt(async () => {
      setDoing({ kind: 'starting' });
      const before = await newestJob(client, staged.dataset);
      await client.POST('/v1/datasets/{dataset}/uploads/{upload}/commit', {
        params: { path: { ...staged } },
        body: { configuration },
      });
      const job = await nextJob(client, staged.dataset, before);
      go(job ? { page: 'training', dataset: staged.dataset, job } : { page: 'start' });
    });
  const discard = ({ dataset: name, upload }: Staged) =>
    attempt(async () => {
      await client.DELETE('/v1/datasets/{dataset}/uploads/{upload}', {
        params: { path: { dataset: name, upload } },
      });
      setLooked(null);
      setFiles([]);
    });

  return (
    <>
      <h1>{words.upload.title}</h1>
      <p class="muted">{words.upload.lead}</p>
      {!looked && (
        <Choose
          {...{ dataset, setDataset, files, setFiles, look }}
          fixed={route.dataset !== undefined}
          busy={doing.kind !== 'nothing'}
        />
      )}
      {doing.kind === 'sending' && (
        <p role="status">
          {words.upload.sending(doing.file, formats.share(doing.share))}
          <Progress share={doing.share} label={doing.file} />
        </p>
      )}
      {doing.kind === 'reading' && <Busy text={words.upload.reading} />}
      {doing.kind === 'starting' && <Busy text={words.upload.starting} />}
      {error !== null && <Problem error={error} />}
      {looked && (
        <Found
          {...looked}
          busy={doing.kind !== 'nothing'}
          lookAgain={(configuration) =>
            attempt(async () => {
              await stageSettings(configuration, looked.staged.upload);
              await preview(looked.staged, configuration);
            })
          }
          start={(configuration) => start(looked.staged, configuration)}
          discard={() => discard(looked.staged)}
        />
      )}
    </>
  );
}
