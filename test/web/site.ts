import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '../../shared/server/index.ts';

const pathOf = (place: string) => fileURLToPath(new URL(`../../${place}`, import.meta.url));

/**
 * Builds what has a vite.config.ts, by Vite's own program: it refuses objects of another realm, which those of a test
 * in jest are.
 */
export async function buildPage(folder: string, source = pathOf('web')): Promise<void> {
  const options = ['--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  await promisify(execFile)(
    process.execPath,
    [pathOf('node_modules/vite/bin/vite.js'), 'build', source, ...options],
    {
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
    },
  );
}

export interface Site {
  readonly origin: string;
  /** The folder of the store. */
  readonly root: string;
  /** The folder of the dashboard's files. */
  readonly page: string;
  /** What the server said went wrong. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

interface SiteOptions {
  /** A store that is there; else an empty one that goes with the site. */
  readonly root?: string;
  /** A dashboard that is built; else it is built for the site. */
  readonly page?: string;
  /** Members that train at the same time. */
  readonly processes?: number;
}

/** The dashboard, served by the real server from a port that is free. */
export async function openSite({ root, page, processes = 1 }: SiteOptions = {}): Promise<Site> {
  const own = mkdtempSync(join(tmpdir(), 'tidecast-web-'));
  const places = { root: root ?? join(own, 'store'), page: page ?? join(own, 'page') };
  if (page === undefined) await buildPage(places.page);
  const errors: string[] = [];
  const server = await startServer({
    ...{ ...places, host: '127.0.0.1', port: 0, access: {}, corsOrigins: [], processes },
    quietSeconds: 0.2,
    log: () => undefined,
    onError: (error, where) =>
      errors.push(`${where ?? ''} ${error instanceof Error ? error.message : String(error)}`),
  });
  return {
    ...places,
    origin: server.origin,
    errors,
    async close() {
      await server.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}
