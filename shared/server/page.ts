import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What the page may do: load what is beside it, speak to its own server, or to an API that its reader names. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  // A model runs in the page as WebAssembly.
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  // Charts and bars are placed by `style` attributes.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  // The reader may name an API elsewhere, whose uploads go to a bucket.
  connectSrc: ["'self'", 'https:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Names that say what is in a file: a new content has a new name. */
const forever = 'public, max-age=31536000, immutable';

/**
 * The dashboard's files. They hold no data: whoever opens the page still needs what the API wants of callers.
 *
 * @param folder where `vite build` wrote them
 */
export function dashboard(folder: string): Hono {
  const app = new Hono();
  const headers = secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false });
  const files = serveStatic({
    root: folder,
    onFound: (_, c) => c.header('cache-control', c.req.path.startsWith('/assets/') ? forever : 'no-cache'),
  });
  for (const path of ['/', '/index.html', '/tide.svg', '/assets/*']) {
    app.use(path, headers);
    app.get(path, files);
  }
  return app;
}
