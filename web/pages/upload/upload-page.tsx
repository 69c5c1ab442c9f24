import { useEffect, useState } from 'preact/hooks';
import { Busy, Problem, Progress } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Route } from '../../route/index.ts';
import { Choose } from './choose.tsx';
import { exampleConfiguration, exampleFiles, exampleName } from './example.ts';
import { Found } from './found.tsx';
import { type Doing, useUpload } from './use-upload.ts';

/** Files → stage → preview → settings → commit → the training's page. */
export function UploadPage({ route }: { readonly route: Extract<Route, { page: 'upload' }> }) {
  const { words } = useReading();
  const [dataset, setDataset] = useState(route.dataset ?? (route.example ? exampleName : ''));
  const [files, setFiles] = useState<readonly File[]>([]);
  const { doing, looked, error, setError, ...upload } = useUpload();
  const busy = doing.kind !== 'nothing';
  useEffect(() => {
    if (route.example) exampleFiles().then(setFiles, setError);
  }, [route.example, setError]);
  return (
    <>
      <h1>{words.upload.title}</h1>
      <p class="muted">{words.upload.lead}</p>
      {!looked && (
        <Choose
          {...{ dataset, setDataset, files, setFiles, busy }}
          fixed={route.dataset !== undefined}
          look={() => upload.look(dataset, files, route.example ? exampleConfiguration : null)}
        />
      )}
      <Progressing doing={doing} />
      {error !== null && <Problem error={error} />}
      {looked && (
        <Found
          {...looked}
          busy={busy}
          lookAgain={(configuration) => upload.lookAgain(looked, configuration)}
          start={(configuration) => upload.start(looked, configuration)}
          discard={() => upload.discard(looked)}
        />
      )}
    </>
  );
}

function Progressing({ doing }: { readonly doing: Doing }) {
  const { words, formats } = useReading();
  switch (doing.kind) {
    case 'nothing':
      return null;
    case 'reading':
      return <Busy text={words.upload.reading} />;
    case 'starting':
      return <Busy text={words.upload.starting} />;
    case 'sending':
      return (
        <p role="status">
          {words.upload.sending(doing.file, formats.share(doing.share))}
          <Progress share={doing.share} label={doing.file} />
        </p>
      );
  }
}
