import { useState } from 'preact/hooks';
import { Field } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';

interface ChooseProps {
  readonly dataset: string;
  readonly setDataset: (name: string) => void;
  /** Whether the dataset is there already and only gets more files. */
  readonly fixed: boolean;
  readonly files: readonly File[];
  readonly setFiles: (files: readonly File[]) => void;
  readonly look: () => void;
  readonly busy: boolean;
}

/** Files, dropped or chosen, and the name of their dataset. */
export function Choose({ dataset, setDataset, fixed, files, setFiles, look, busy }: ChooseProps) {
  const { words, formats } = useReading();
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])];
    if (chosen.length === 0) return;
    setFiles(chosen);
    if (!fixed && dataset === '') setDataset(nameOf(chosen[0]?.name ?? ''));
  };
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first */}
      <div
        class={`drop ${over ? 'drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files ?? null);
        }}
      >
        <p class="drop-text">{words.upload.drop}</p>
        <label class="button" for="files">
          {words.upload.choose}
        </label>
        <input
          id="files"
          class="hidden-input"
          type="file"
          multiple
          aria-describedby="files-kinds"
          onChange={(event) => take(event.currentTarget.files)}
        />
        <small id="files-kinds" class="muted">
          {words.upload.kinds}
        </small>
        {files.length > 0 && (
          <ul class="files">
            {files.map(({ name, size }) => (
              <li key={name}>
                {name} <span class="muted">{formats.bytes(size)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Field id="dataset" label={words.upload.dataset} hint={fixed ? undefined : words.upload.datasetHint}>
        <input
          id="dataset"
          required
          readOnly={fixed}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
          aria-describedby={fixed ? undefined : 'dataset-hint'}
          value={dataset}
          onInput={(event) => setDataset(event.currentTarget.value)}
        />
      </Field>
      <p class="row">
        <button type="submit" class="primary" disabled={busy || files.length === 0 || dataset === ''}>
          {words.upload.look}
        </button>
      </p>
    </form>
  );
}

/** A dataset's name from a file's: `2024 Sales.csv.gz` → `2024-Sales`. */
const nameOf = (file: string): string =>
  file
    .replace(/(\.(csv|tsv|txt|json|jsonl|ndjson|parquet|gz|zst))+$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
