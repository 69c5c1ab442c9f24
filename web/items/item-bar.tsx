import { useState } from 'preact/hooks';
import { useApi, useAsk } from '../api/index.ts';
import { Choice } from '../parts/index.ts';
import { useReading } from '../reading/index.ts';
import { firstItem, neighboursOf, type Order } from './ask-items.ts';
import { ItemSearch } from './item-search.tsx';

interface ItemBarProps {
  readonly model: string;
  readonly item: string;
  readonly choose: (item: string) => void;
}

/** Which item is shown: search, one before, one after, the worst first. */
export function ItemBar({ model, item, choose }: ItemBarProps) {
  const { words } = useReading();
  const { client } = useApi();
  const [order, setOrder] = useState<Order>('name');
  const beside = useAsk(async () => neighboursOf(client, model, order, item), [model, order, item]);
  const { previous = null, next = null } = beside.data ?? {};
  const reorder = async (chosen: Order) => {
    setOrder(chosen);
    const first = await firstItem(client, model, chosen);
    if (first !== null) choose(first);
  };
  return (
    <div class="item-bar">
      <ItemSearch {...{ model, order, item, choose }} />
      <div class="row">
        <Step label={words.model.previous} sign="‹" to={previous} choose={choose} />
        <Step label={words.model.next} sign="›" to={next} choose={choose} />
        <Choice
          label={words.model.order}
          value={order}
          options={[
            ['name', words.model.byName],
            ['worst', words.model.worstFirst],
          ]}
          choose={reorder}
        />
      </div>
    </div>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  readonly to: string | null;
  readonly choose: (item: string) => void;
}

const Step = ({ label, sign, to, choose }: StepProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    disabled={to === null}
    onClick={() => to !== null && choose(to)}
  >
    {sign}
  </button>
);
