import { type Model, useApi } from '../../api/index.ts';
import { ModelFrame } from '../../items/index.ts';
import { Copyable } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Route } from '../../route/index.ts';
import { Downloads } from './downloads.tsx';
import { curlSnippet, nixtlaSnippet, onnxSnippet, typescriptSnippet } from './snippets.ts';

/** How this very model is asked for this very item, by programs. */
export function UsePage({ route }: { readonly route: Extract<Route, { model: string }> }) {
  return (
    <ModelFrame route={route}>
      {(model, item) => (
        <>
          <Downloads model={model} item={item} />
          {item !== null && <Snippets model={model} item={item} />}
        </>
      )}
    </ModelFrame>
  );
}

function Snippets({ model, item }: { readonly model: Model; readonly item: string }) {
  const { words } = useReading();
  const { connection } = useApi();
  const subject = { url: connection.url, model, item, token: connection.token !== '' };
  const [nixtla, onnx] = [nixtlaSnippet(subject), onnxSnippet(subject)];
  return (
    <section class="panel" aria-label={words.use.title}>
      <p>
        {words.use.lead} {subject.token && words.use.note}
      </p>
      <Copyable title={words.use.curl} text={curlSnippet(subject)} />
      <Copyable title={words.use.typescript} text={typescriptSnippet(subject)} />
      {nixtla !== null && <Copyable title={words.use.nixtla} text={nixtla} />}
      {onnx !== null && <Copyable title={words.use.onnx} text={onnx} />}
    </section>
  );
}
