import type { ObjectStore, PermitDownload } from '../../store/index.ts';
import type { App } from '../app.ts';
import {
  begunExport,
  describedExport,
  exportedFile,
  pageOfExports,
  removedExport,
  type StartExport,
} from '../handlers/exports.ts';
import {
  createExportRoute,
  exportFileRoute,
  exportRoute,
  exportsRoute,
  removeExportRoute,
} from '../routes/exports.ts';
import { sendFile } from './file.ts';

export interface ExportDependencies {
  readonly store: ObjectStore;
  /** Without it, an export is answered with what to do instead. */
  readonly startExport?: StartExport | undefined;
  /** Without it, files are sent by the API itself. */
  readonly permitDownload?: PermitDownload | undefined;
  readonly now: () => Date;
}

/** Forecasts for all items. */
export function addExports(app: App, { store, startExport, permitDownload, now }: ExportDependencies): void {
  app.openapi(createExportRoute.definition, async (c) => {
    const asked = { model: c.req.valid('param').model, request: c.req.valid('json'), now: now() };
    return c.json(await begunExport(store, startExport, asked), 200);
  });
  app.openapi(exportsRoute.definition, async (c) =>
    c.json(await pageOfExports(store, c.req.valid('param').model, c.req.valid('query')), 200),
  );
  app.openapi(exportRoute.definition, async (c) => {
    const { model, export: id } = c.req.valid('param');
    return c.json(await describedExport(store, model, id), 200);
  });
  app.openapi(exportFileRoute.definition, async (c) => {
    const named = c.req.valid('param');
    return sendFile(c, await exportedFile(store, permitDownload, named), named.file);
  });
  app.openapi(removeExportRoute.definition, async (c) => {
    const { model, export: id } = c.req.valid('param');
    return c.json({ model, export: id, removed: await removedExport(store, model, id) }, 200);
  });
}
