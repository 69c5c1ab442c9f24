import { Hono } from 'hono';
import { type LocalDependencies, localApi, ownSite, Refusal, routePathAt } from '../api/index.ts';
import type { ServerMetrics } from './metrics.ts';
import type { LocalUploads } from './uploads.ts';

/** One request, as it is logged: nothing of its body, its query or its token. */
export interface RequestRecord {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly request: string;
}

interface ServerAppOptions {
  readonly api: Omit<LocalDependencies, 'permitUpload' | 'onForecast'>;
  readonly uploads: LocalUploads;
  readonly metrics: ServerMetrics;
  readonly log: (record: RequestRecord) => void;
}

/** The API with what only a server of its own has: uploads to itself, metrics, a line for each request. */
export function serverApp({ api, uploads, metrics, log }: ServerAppOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const began = performance.now();
    await next();
    const milliseconds = Math.round(10 * (performance.now() - began)) / 10;
    const { method, path } = c.req;
    const { status, headers } = c.res;
    metrics.observe(routePathAt(path) ?? 'none', method, status, milliseconds / 1000);
    const request = headers.get('x-request-id') ?? '';
    log({ time: new Date().toISOString(), method, path, status, milliseconds, request });
  });
  app.use((c, next) => uploads.asked(new URL(c.req.url).origin, next));
  if (api.onlyOwnSite) app.use('/metrics', ownSite(api.corsOrigins ?? []));
  app.get('/metrics', async (c, next) =>
    (await api.authenticate(c.req.header('authorization')))
      ? metrics.answer(c, next)
      : c.text('metrics need the token that the API needs\n', 401),
  );
  app.onError((error, c) => c.text(`${error.message}\n`, error instanceof Refusal ? 403 : 500));
  app.route('/', uploads.app);
  const { onForecast } = metrics;
  app.route('/', localApi({ ...api, permitUpload: uploads.permitUpload, onForecast }));
  return app;
}
