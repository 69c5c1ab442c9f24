import { useEffect } from 'preact/hooks';
import type { Route } from '../route/index.ts';
import { later } from './later.tsx';

const StartPage = later(async () => (await import('../pages/start/index.ts')).StartPage);
const UploadPage = later(async () => (await import('../pages/upload/index.ts')).UploadPage);
const TrainingPage = later(async () => (await import('../pages/training/index.ts')).TrainingPage);
const ModelPage = later(async () => (await import('../pages/model/index.ts')).ModelPage);
const WhatIfPage = later(async () => (await import('../pages/what-if/index.ts')).WhatIfPage);
const UsePage = later(async () => (await import('../pages/use/index.ts')).UsePage);
const VersionsPage = later(async () => (await import('../pages/versions/index.ts')).VersionsPage);

/** The page that the address says. */
export function Page({ route }: { readonly route: Route }) {
  useEffect(() => scrollTo(0, 0), [route.page]);
  switch (route.page) {
    case 'start':
      return <StartPage />;
    case 'upload':
      return <UploadPage key={`${route.dataset} ${route.example}`} route={route} />;
    case 'training':
      return <TrainingPage key={route.job} route={route} />;
    case 'model':
      return <ModelPage key={route.model} route={route} />;
    case 'what-if':
      return <WhatIfPage key={route.model} route={route} />;
    case 'use':
      return <UsePage key={route.model} route={route} />;
    case 'versions':
      return <VersionsPage key={route.model} route={route} />;
  }
}
