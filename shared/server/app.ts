import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import {
  answerError,
  isFault,
  type LocalDependencies,
  localApi,
  notKnown,
  ownSite,
  routePathAt,
} from '../api/index.ts';
import { remembered } from './granted.ts';
import type { ServerMetrics } from './metrics.ts';
import { dashboard } from './page.ts';
import type { LocalUploads } from './uploads.ts';

/** One request, as it is logged: nothing of its body, its query or its token. */
export interface RequestRecord {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly request: string;
  /** Whose token it showed; null where none was known, or asked for. */
  readonly token: string | null;
}

interface ServerAppOptions {
  readonly api: Omit<LocalDependencies, 'permitUpload' | 'onForecast'>;
  readonly uploads: LocalUploads;
  readonly metrics: ServerMetrics;
  /** The folder of the dashboard's files; without one there is no page. */
  readonly page?: string | undefined;
  readonly log: (record: RequestRecord) => void;
}

/** The API with what only a server of its own has: uploads to itself, metrics, the dashboard, a line for each request. */
export function serverApp({ api, uploads, metrics, page, log }: ServerAppOptions): Hono {
  const app = new Hono();
  const { authenticate, grantedWhile } = remembered(api.authenticate);
  app.use(async (c, next) => {
    const began = performance.now();
    const grant = await grantedWhile(next);
    const milliseconds = Math.round(10 * (performance.now() - began)) / 10;
    const { method, path } = c.req;
    const { status, headers } = c.res;
    metrics.observe(routePathAt(path) ?? 'none', method, status, milliseconds / 1000);
    const request = headers.get('x-request-id') ?? '';
    const time = new Date().toISOString();
    log({ time, method, path, status, milliseconds, request, token: grant?.id ?? null });
  });
  app.use((c, next) => uploads.asked(new URL(c.req.url).origin, next));
  for (const path of ['/metrics', '/uploads/*']) app.use(path, requestId({ limitLength: 64 }));
  if (api.onlyOwnSite) app.use('/metrics', ownSite(api.corsOrigins ?? []));
  app.get('/metrics', async (c, next) => {
    const authorization = c.req.header('authorization');
    if (await authenticate(authorization)) return metrics.answer(c, next);
    throw notKnown(authorization);
  });
  app.onError((error, c) => {
    const response = answerError(c.var.requestId, error, c.req.path);
    if (isFault(response.status)) api.onError?.(error, c.var.requestId);
    return response;
  });
  app.route('/', uploads.app);
  if (page !== undefined) app.route('/', dashboard(page));
  const { onForecast } = metrics;
  app.route('/', localApi({ ...api, authenticate, permitUpload: uploads.permitUpload, onForecast }));
  return app;
}
