import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useReading } from '../reading/index.ts';

/** Something is on its way. */
export function Busy({ text }: { readonly text?: string }) {
  const { words } = useReading();
  return (
    <p class="busy" role="status">
      <i aria-hidden="true" />
      {text ?? words.app.loading}
    </p>
  );
}

export function Progress({ share, label }: { readonly share: number; readonly label: string }) {
  return <progress max={1} value={Math.min(Math.max(share, 0), 1)} aria-label={label} />;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly id: string;
  readonly children: ComponentChildren;
}

/** A labelled control; what it contains has `id`, and `aria-describedby` its hint. */
export const Field = ({ label, hint, id, children }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    {hint && (
      <small id={`${id}-hint`} class="muted">
        {hint}
      </small>
    )}
  </div>
);

/** Facts by name. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly choose: (value: T) => void;
}

/** One of few: buttons side by side. */
export function Choice<T extends string>({ label, value, options, choose }: ChoiceProps<T>) {
  return (
    <fieldset class="choice">
      <legend class="hidden">{label}</legend>
      {options.map(([name, text]) => (
        <button key={name} type="button" aria-pressed={name === value} onClick={() => choose(name)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}

interface ChannelChoiceProps {
  readonly channels: readonly string[];
  readonly channel: string;
  readonly choose: (channel: string) => void;
}

/** Which channel of a model is shown; nothing to choose where it has one. */
export function ChannelChoice({ channels, channel, choose }: ChannelChoiceProps) {
  const { words } = useReading();
  if (channels.length < 2) return null;
  const options = channels.map((one) => [one, one] as const);
  return <Choice label={words.model.channel} value={channel} options={options} choose={choose} />;
}

/** Text to be copied, with the button that does it. */
export function Copyable({ title, text }: { readonly title: string; readonly text: string }) {
  const { words } = useReading();
  const [copied, setCopied] = useState(false);
  return (
    <section class="copyable">
      <div class="row">
        <h3>{title}</h3>
        <button
          type="button"
          onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
          aria-label={`${words.app.copy}: ${title}`}
        >
          {copied ? words.app.copied : words.app.copy}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
