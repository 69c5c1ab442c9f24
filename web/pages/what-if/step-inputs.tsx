import { useState } from 'preact/hooks';
import { type Assumption, stepsOf } from './values.ts';

interface StepInputsProps {
  readonly title: string;
  /** What each step is: its time. */
  readonly labels: readonly string[];
  readonly assumption: Assumption;
  readonly stored: Assumption;
  readonly change: (step: number, value: number | null) => void;
}

/** A number for each step ahead. */
export function StepInputs({ title, labels, assumption, stored, change }: StepInputsProps) {
  const values = stepsOf(assumption);
  return (
    <section class="panel steps" aria-labelledby="what-if-steps">
      <h2 id="what-if-steps">{title}</h2>
      <ol>
        {labels.map((label, step) => (
          <li key={label}>
            <StepInput
              label={label}
              value={values[step] ?? null}
              isChanged={values[step] !== stored.base[step]}
              change={(value) => change(step, value)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface StepInputProps {
  readonly label: string;
  readonly value: number | null;
  readonly isChanged: boolean;
  readonly change: (value: number | null) => void;
}

function StepInput({ label, value, isChanged, change }: StepInputProps) {
  // What is being typed: "1." is no number yet, and must not be taken away.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label class={isChanged ? 'step-changed' : undefined}>
      {label}
      <input
        type="number"
        step="any"
        required
        value={typed ?? value ?? ''}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          change(Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
