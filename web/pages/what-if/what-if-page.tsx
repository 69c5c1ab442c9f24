import { ModelFrame } from '../../items/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Route } from '../../route/index.ts';
import { WhatIf } from './what-if.tsx';

/** An item's forecast if its known covariates came otherwise. */
export function WhatIfPage({ route }: { readonly route: Extract<Route, { model: string }> }) {
  const { words } = useReading();
  return (
    <ModelFrame route={route}>
      {(model, item) => (
        <>
          <p class="muted">{words.whatIf.lead}</p>
          {item !== null && <WhatIf model={model} item={item} />}
        </>
      )}
    </ModelFrame>
  );
}
