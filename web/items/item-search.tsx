import { useId, useState } from 'preact/hooks';
import { useApi, useAsk } from '../api/index.ts';
import { useReading } from '../reading/index.ts';
import { type Order, searchItems } from './ask-items.ts';

interface ItemSearchProps {
  readonly model: string;
  readonly order: Order;
  readonly item: string;
  readonly choose: (item: string) => void;
}

/** An item by the beginning of its name: a combobox as WAI-ARIA has it, whose list is asked of the API. */
export function ItemSearch({ model, order, item, choose }: ItemSearchProps) {
  const { words, formats } = useReading();
  const { client } = useApi();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useAsk(
    async () => (open ? searchItems(client, model, order, text) : null),
    [model, order, open, text],
  );
  const [last, setLast] = useState(found.data);
  if (found.data && found.data !== last) setLast(found.data);
  // While the next list is on its way, the one before stays.
  const list = found.data ?? (open ? last : null);
  const items = list?.items ?? [];
  const close = () => {
    setOpen(false);
    setText('');
    setActive(0);
  };
  const take = (chosen: string | undefined) => {
    if (chosen === undefined) return;
    close();
    choose(chosen);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (open ? setActive(Math.min(active + 1, items.length - 1)) : setOpen(true)),
    ArrowUp: () => setActive(Math.max(active - 1, 0)),
    Enter: () => take(items[active]),
    Escape: close,
  };
  return (
    <div class="search">
      <label for={id}>{words.model.item}</label>
      <input
        id={id}
        role="combobox"
        autocomplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && items.length > 0 ? `${id}-${active}` : undefined}
        placeholder={words.model.search}
        value={open ? text : item}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onInput={(event) => {
          setOpen(true);
          setActive(0);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        }}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={words.model.items}
        hidden={!open || items.length === 0}
      >
        {open &&
          items.map((name, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, as a combobox does
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
            <div
              key={name}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(name)}
            >
              {name}
            </div>
          ))}
      </div>
      <small role="status" class="muted">
        {open && list && note()}
      </small>
    </div>
  );

  function note(): string {
    const count = formats.whole(items.length);
    if (items.length === 0) return words.model.nothingFound;
    return list?.more ? words.model.foundMore(count) : words.model.found(count);
  }
}
