import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Client, createClient } from '../../shared/client/index.ts';

/** Which API the page speaks to. */
export interface Connection {
  /** Where it is; its own origin where the page is served by it. */
  readonly url: string;
  /** Shown with each request, where the API wants one; kept until the tab is closed. */
  readonly token: string;
}

const urlKey = 'tidecast.url';
const tokenKey = 'tidecast.token';

/** What was said last, else the origin that the page came from. */
export const storedConnection = (): Connection => ({
  url: localStorage.getItem(urlKey) ?? location.origin,
  token: sessionStorage.getItem(tokenKey) ?? '',
});

export function storeConnection({ url, token }: Connection): void {
  if (url === location.origin) localStorage.removeItem(urlKey);
  else localStorage.setItem(urlKey, url);
  sessionStorage.setItem(tokenKey, token);
}

export const clientOf = ({ url, token }: Connection): Client =>
  createClient({ url, ...(token !== '' && { token }) });

export interface Api {
  readonly connection: Connection;
  readonly client: Client;
  /** Asks the reader for another connection, or for a token. */
  readonly connect: () => void;
}

export const ApiContext = createContext<Api | null>(null);

/** The API of the page around. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi is for parts of the page that an ApiContext surrounds');
  return api;
}
