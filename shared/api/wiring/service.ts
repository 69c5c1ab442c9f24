import type { ObjectStore } from '../../store/index.ts';
import type { App } from '../app.ts';
import { docsPage } from '../docs.ts';
import { apiDocument } from '../document.ts';
import { Refusal } from '../problem.ts';
import { docsRoute, documentRoute, healthRoute, liveRoute, readyRoute } from '../routes/service.ts';

/** The service itself: how it is, and what it can be asked. */
export function addService(app: App, store: ObjectStore): void {
  let document: ReturnType<typeof apiDocument> | undefined;
  let page: string | undefined;
  const described = () => {
    document ??= apiDocument();
    return document;
  };
  app.openapi(healthRoute.definition, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(liveRoute.definition, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(readyRoute.definition, async (c) => {
    await reach(store);
    return c.json({ status: 'ok' as const }, 200);
  });
  app.get(documentRoute.definition.path, (c) => c.json(described()));
  app.get(docsRoute.definition.path, (c) => {
    page ??= docsPage(described());
    // Nothing is loaded and nothing runs, whatever a description may have in it.
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    return c.html(page);
  });
}

async function reach(store: ObjectStore): Promise<void> {
  try {
    for await (const _ of store.list('models/', { limit: 1 })) return;
  } catch (error) {
    throw new Refusal(
      'STORE_UNREACHABLE',
      {
        rule: 'the store must answer',
        received: 'an error',
        remedy: 'see the log',
      },
      { cause: error },
    );
  }
}
