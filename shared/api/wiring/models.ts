import type { ObjectStore, PermitDownload } from '../../store/index.ts';
import type { App } from '../app.ts';
import { cancelled } from '../handlers/cancel.ts';
import { bundleFile, rolledBack } from '../handlers/model-changes.ts';
import { removeModel } from '../handlers/remove.ts';
import { listModelVersions } from '../handlers/versions.ts';
import { cancelRoute } from '../routes/cancel.ts';
import { bundleRoute, removeModelRoute, rollbackRoute, versionsRoute } from '../routes/model-changes.ts';
import { sendFile } from './file.ts';

export interface ModelChangeDependencies {
  readonly store: ObjectStore;
  /** Without it, files of bundles are sent by the API itself. */
  readonly permitDownload?: PermitDownload | undefined;
  readonly now: () => Date;
}

/** What changes models and jobs, and the versions of a model. */
export function addModelChanges(app: App, { store, permitDownload, now }: ModelChangeDependencies): void {
  app.openapi(versionsRoute.definition, async (c) =>
    c.json(await listModelVersions(store, c.req.valid('param').model, c.req.valid('query')), 200),
  );
  app.openapi(rollbackRoute.definition, async (c) => {
    const { version } = c.req.valid('json');
    return c.json(await rolledBack(store, c.req.valid('param').model, version, now()), 200);
  });
  app.openapi(bundleRoute.definition, async (c) => {
    const query = c.req.valid('query');
    const found = await bundleFile(store, permitDownload, c.req.valid('param').model, query);
    return sendFile(c, found, query.file);
  });
  app.openapi(removeModelRoute.definition, async (c) => {
    const { model } = c.req.valid('param');
    return c.json({ model, ...(await removeModel(store, model)) }, 200);
  });
  app.openapi(cancelRoute.definition, async (c) => {
    const { dataset } = c.req.valid('query');
    return c.json(await cancelled(store, c.var.grant, c.req.valid('param').job, dataset, now()), 200);
  });
}
