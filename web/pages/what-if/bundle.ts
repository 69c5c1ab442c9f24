import type { Client } from '../../../shared/client/index.ts';
import type { ForecasterDescription } from '../../../shared/forecast/index.ts';
import { present } from '../../api/index.ts';

/** Why the page lets the server compute. */
export type Why =
  | { readonly kind: 'noWasm' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

/** The largest model that a page loads, in bytes. */
const most = 64e6;

/** What `bundle.json` says that matters here. */
type Description = ForecasterDescription & {
  readonly files: Readonly<Record<string, { readonly bytes: number }>>;
};

/** A version as the page opens it. */
export interface Loaded {
  readonly description: ForecasterDescription;
  readonly forecaster: Uint8Array;
}

const graph = 'forecaster.onnx';

/** Reads a version's description and graph from the API, unless the graph is too large for a page. */
export async function loadBundle(
  client: Client,
  model: string,
  version: string,
  signal: AbortSignal,
): Promise<Loaded | Why> {
  const read = async (file: string) => {
    const params = { path: { model }, query: { version, file } };
    const answer = await client.GET('/v1/models/{model}/bundle', { params, signal, parseAs: 'arrayBuffer' });
    return new Uint8Array(present<ArrayBuffer>(answer));
  };
  // The server has checked it against the format's schema before it gives it away.
  const description: Description = JSON.parse(new TextDecoder().decode(await read('bundle.json')));
  const bytes = description.files[graph]?.bytes ?? Number.POSITIVE_INFINITY;
  if (bytes > most) return { kind: 'tooLarge', bytes };
  return { description, forecaster: await read(graph) };
}
