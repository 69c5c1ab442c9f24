import { useEffect, useState } from 'preact/hooks';

/** A page of the dashboard and what it is about. The address is in the hash: any file server can host the page. */
export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'upload'; readonly dataset?: string; readonly example?: boolean }
  | { readonly page: 'training'; readonly dataset: string; readonly job: string }
  | {
      readonly page: 'model' | 'what-if' | 'use' | 'versions';
      readonly model: string;
      readonly item?: string | undefined;
    };

const modelPages = ['model', 'what-if', 'use', 'versions'] as const;

/** `#/models/air/what-if?item=a%20b` */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'start':
      return '#/';
    case 'upload':
      if (route.example) return '#/upload?example';
      return route.dataset ? `#/upload/${encodeURIComponent(route.dataset)}` : '#/upload';
    case 'training':
      return `#/datasets/${encodeURIComponent(route.dataset)}/jobs/${encodeURIComponent(route.job)}`;
    default: {
      const place = `#/models/${encodeURIComponent(route.model)}`;
      const sub = route.page === 'model' ? '' : `/${route.page}`;
      return `${place}${sub}${route.item === undefined ? '' : `?item=${encodeURIComponent(route.item)}`}`;
    }
  }
}

/** What a hash means; the start for one that means nothing. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, name, sub, job] = path.split('/').map(decoded);
  if (first === 'upload') {
    return { page: 'upload', example: query === 'example', ...(name && { dataset: name }) };
  }
  if (first === 'datasets' && name && sub === 'jobs' && job) return { page: 'training', dataset: name, job };
  if (first === 'models' && name) {
    const page = modelPages.find((one) => one === (sub ?? 'model'));
    const item = new URLSearchParams(query).get('item') ?? undefined;
    if (page) return { page, model: name, item };
  }
  return { page: 'start' };
}

/** Nothing for an address that was cut in the middle of a letter. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export const go = (route: Route): void => {
  location.hash = hrefOf(route);
};

/** The route that the address says, whenever it changes. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return routeOf(hash);
}
