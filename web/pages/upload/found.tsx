import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Configuration, Preview } from '../../api/index.ts';
import { useReading } from '../../reading/index.ts';
import { configurationOf, draftOf } from './draft.ts';
import { Problems } from './problems.tsx';
import { QualityText } from './quality.tsx';
import { Columns, Settings } from './settings.tsx';

interface FoundProps {
  /** null where the files are too large to be looked at. */
  readonly preview: Preview | null;
  readonly configuration: Configuration;
  readonly busy: boolean;
  readonly lookAgain: (configuration: Configuration) => void;
  readonly start: (configuration: Configuration) => void;
  readonly discard: () => void;
}

/** What was found in the staged files, what can be changed of it, and the start. */
export function Found({ preview, configuration, busy, lookAgain, start, discard }: FoundProps) {
  const { words } = useReading();
  const found = useMemo(() => preview && draftOf(preview, configuration), [preview, configuration]);
  const [draft, setDraft] = useState(found);
  useEffect(() => setDraft(found), [found]);
  const own = draft ?? found;
  const wanted = found && own ? configurationOf(configuration, found, own) : configuration;
  const changed = JSON.stringify(wanted) !== JSON.stringify(configuration);
  return (
    <section aria-labelledby="found">
      <h2 id="found">{words.upload.found}</h2>
      <Verdict trainable={preview ? preview.trainable : null} />
      {preview && found && own && (
        <>
          <Problems problems={preview.problems} />
          <div class="panel">
            <h3>{words.upload.rolesTitle}</h3>
            <p class="muted">{words.upload.rolesHint}</p>
            <Columns preview={preview} draft={own} change={setDraft} />
          </div>
          <div class="two">
            <div class="panel">
              <h3>{words.upload.settings}</h3>
              <Settings preview={preview} draft={own} change={setDraft} />
            </div>
            {preview.report && (
              <div class="panel">
                <h3>{words.upload.quality}</h3>
                <QualityText report={preview.report} />
              </div>
            )}
          </div>
        </>
      )}
      <p class="row">
        {changed && (
          <button type="button" disabled={busy} onClick={() => lookAgain(wanted)}>
            {words.upload.apply}
          </button>
        )}
        <button
          type="button"
          class="primary"
          disabled={busy || preview?.trainable === false}
          onClick={() => start(wanted)}
        >
          {words.upload.start}
        </button>
        <button type="button" disabled={busy} onClick={discard}>
          {words.upload.discard}
        </button>
      </p>
    </section>
  );
}

function Verdict({ trainable }: { readonly trainable: boolean | null }) {
  const { words } = useReading();
  if (trainable === null) return <p class="notice notice-warn">{words.upload.tooLarge}</p>;
  return trainable ? (
    <p class="notice notice-good">{words.upload.trainable}</p>
  ) : (
    <p class="notice notice-bad">{words.upload.refused}</p>
  );
}
