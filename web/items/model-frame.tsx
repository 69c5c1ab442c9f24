import type { ComponentChildren } from 'preact';
import { type Model, present, useApi, useAsk } from '../api/index.ts';
import { Busy, Problem } from '../parts/index.ts';
import { useReading } from '../reading/index.ts';
import { go, hrefOf, type Route } from '../route/index.ts';
import { firstItem } from './ask-items.ts';
import { ItemBar } from './item-bar.tsx';

type ModelRoute = Extract<Route, { model: string }>;

interface ModelFrameProps {
  readonly route: ModelRoute;
  /** What is on the page, once it is known what model it is; `item` is null where none has observations. */
  readonly children: (model: Model, item: string | null) => ComponentChildren;
  /** Whether the page is about one item. */
  readonly items?: boolean;
}

/** What the pages of a model have in common: its name, its other pages, which item is looked at. */
export function ModelFrame({ route, children, items = true }: ModelFrameProps) {
  const { words } = useReading();
  const { client } = useApi();
  const { model: name } = route;
  const asked = useAsk(async () => {
    const params = { path: { model: name } };
    const model = present(await client.GET('/v1/models/{model}', { params }));
    return { model, first: await firstItem(client, name, 'name') };
  }, [name]);
  const item = route.item ?? asked.data?.first ?? null;
  return (
    <>
      <h1>
        {name}
        <span class="muted h1-more"> {words.model.tabs[route.page]}</span>
      </h1>
      <nav class="tabs" aria-label={words.model.pages}>
        {(['model', 'what-if', 'use', 'versions'] as const).map((page) => (
          <a
            key={page}
            href={hrefOf({ page, model: name, item: route.item })}
            aria-current={page === route.page ? 'page' : undefined}
          >
            {words.model.tabs[page]}
          </a>
        ))}
      </nav>
      {asked.error !== undefined && <Problem error={asked.error} again={asked.again} />}
      {!asked.data && asked.waiting && <Busy />}
      {asked.data && items && item === null && <p class="notice notice-warn">{words.model.empty}</p>}
      {asked.data && items && item !== null && (
        <ItemBar
          model={name}
          item={item}
          choose={(chosen) => go({ page: route.page, model: name, item: chosen })}
        />
      )}
      {asked.data && children(asked.data.model, item)}
    </>
  );
}
