import { type CopyObject, copyThrough, type ObjectStore } from '../../store/index.ts';
import type { App } from '../app.ts';
import { committed, discarded, type PreviewUpload, previewed } from '../handlers/staging.ts';
import { commitRoute, discardRoute, previewRoute } from '../routes/staging.ts';

export interface StagingDependencies {
  readonly store: ObjectStore;
  /** Without it, a preview is answered with what to do instead. */
  readonly preview?: PreviewUpload | undefined;
  /** Default: by way of this process. */
  readonly copyObject?: CopyObject | undefined;
}

/** Uploads that are looked at before they are trained on. */
export function addStaging(
  app: App,
  { store, preview, copyObject = copyThrough(store) }: StagingDependencies,
): void {
  app.openapi(previewRoute.definition, async (c) => {
    const { dataset, upload } = c.req.valid('param');
    return c.json({ dataset, upload, ...(await previewed(preview, dataset, upload)) }, 200);
  });
  app.openapi(commitRoute.definition, async (c) => {
    const named = c.req.valid('param');
    const { configuration } = c.req.valid('json');
    return c.json({ ...named, files: await committed(store, copyObject, named, configuration) }, 200);
  });
  app.openapi(discardRoute.definition, async (c) => {
    const { dataset, upload } = c.req.valid('param');
    return c.json({ dataset, upload, removed: await discarded(store, dataset, upload) }, 200);
  });
}
