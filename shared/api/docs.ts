import { html, raw } from 'hono/html';
import type { apiDocument } from './document.ts';

type Document = ReturnType<typeof apiDocument>;

/** What the page shows of an operation, as the document has it. */
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: { readonly description?: string };
  }[];
  readonly requestBody?: { readonly content?: Contents };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Contents }>
  >;
}

type Contents = Readonly<Record<string, { readonly example?: unknown }>>;

interface Described extends Operation {
  readonly method: string;
  readonly path: string;
}

/** The OpenAPI document as one page for people: nothing is loaded from anywhere, no script runs. */
export function docsPage(document: Document): string {
  const operations: Described[] = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      ...operation,
      method,
      path,
    })),
  );
  const sections = (document.tags ?? []).map(({ name, description = '' }) => {
    const own = operations.filter(({ tags }) => tags?.includes(name));
    return html`<section><h2 id="${name}">${name}</h2><p>${description}</p>${own.map(operationOf)}</section>`;
  });
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${document.info.title} API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${raw(style)}</style></head><body>
<header><h1>${document.info.title} API</h1><p>${marked(document.info.description ?? '')}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a></p>
<nav>${(document.tags ?? []).map(({ name }) => html`<a href="#${name}">${name}</a> `)}</nav></header>
<main>${sections}</main></body></html>`;
  return String(page);
}

function operationOf({ method, path, ...operation }: Described) {
  const { summary = '', description = '', parameters = [], requestBody, responses = {} } = operation;
  const { 200: answer, ...others } = responses;
  return html`<details id="${operation.operationId}"><summary><b class="${method}">${method.toUpperCase()}</b>
<code>${path}</code> <span>${summary}</span></summary>
${description.split('\n\n').map((text) => html`<p>${marked(text)}</p>`)}
${
  parameters.length > 0
    ? html`<table><tr><th>parameter</th><th>in</th><th></th></tr>${parameters.map(
        (one) =>
          html`<tr><td><code>${one.name}</code>${one.required ? '' : ' (optional)'}</td><td>${one.in}</td>
<td>${marked(one.description ?? one.schema?.description ?? '')}</td></tr>`,
      )}</table>`
    : ''
}
${exampleOf('Request', requestBody?.content)}
${exampleOf(`Answer: ${answer?.description ?? ''}`, answer?.content)}
<table><tr><th>otherwise</th><th></th></tr>${Object.entries(others).map(
    ([status, other]) => html`<tr><td>${status}</td><td>${marked(other.description ?? '')}</td></tr>`,
  )}</table></details>`;
}

function exampleOf(title: string, content: Contents | undefined) {
  const [type, { example } = {}] = Object.entries(content ?? {})[0] ?? [];
  if (type === undefined) return '';
  const text = example === undefined ? '' : JSON.stringify(example, null, 2);
  return html`<h3>${title} <small>${type}</small></h3>${text === '' ? '' : html`<pre>${text}</pre>`}`;
}

/** Text with `code` in it. */
const marked = (text: string) =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
nav a { margin-right: 1rem; }
details { border: 1px solid #8884; border-radius: 6px; margin: .5rem 0; padding: .5rem .8rem; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; font-size: .8rem; }
.get { color: #2a7; } .post { color: #37c; } .put { color: #a70; } .delete { color: #c33; }
pre { background: #8881; padding: .8rem; overflow: auto; border-radius: 6px; font-size: .85rem; }
table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0; }
td, th { border-top: 1px solid #8884; padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
h3 { font-size: .95rem; margin-bottom: .2rem; } small { font-weight: normal; opacity: .7; }
`;
