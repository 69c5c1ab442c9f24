import { Field } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { ChangeAll } from './change-all.tsx';
import { type Assumption, type Assumptions, isChanged, missingSteps } from './values.ts';

interface ControlsProps {
  readonly assumptions: Assumptions;
  readonly stored: Assumptions;
  /** The covariate that is looked at. */
  readonly chosen: string;
  readonly setChosen: (name: string) => void;
  /** Assumes something else of it. */
  readonly set: (assumption: Assumption) => void;
  readonly reset: () => void;
  /** Fills what is missing of all covariates. */
  readonly fill: () => void;
  /** What it is filled with. */
  readonly fillText: string;
}

/** Which covariate is changed, and all its steps at once. */
export function Controls(props: ControlsProps) {
  const { assumptions, stored, chosen, setChosen, set, reset, fill, fillText } = props;
  const { words, formats } = useReading();
  const names = Object.keys(assumptions);
  const assumption = assumptions[chosen];
  const missing = missingSteps(assumptions);
  const changed = (name: string) => {
    const [now, then] = [assumptions[name], stored[name]];
    return now !== undefined && then !== undefined && isChanged(now, then);
  };
  return (
    <section class="panel" aria-labelledby="what-if-covariates">
      <h2 id="what-if-covariates">{words.whatIf.covariates}</h2>
      <Field id="covariate" label={words.whatIf.covariate}>
        <select id="covariate" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {changed(name) ? words.whatIf.changed(name) : name}
            </option>
          ))}
        </select>
      </Field>
      {assumption && (
        <ChangeAll
          name={chosen}
          change={assumption.change}
          set={(change) => set({ ...assumption, change })}
        />
      )}
      <button type="button" disabled={!names.some(changed)} onClick={reset}>
        {words.whatIf.reset}
      </button>
      <div role="status">
        {missing > 0 && (
          <div class="notice notice-warn">
            <p>{words.whatIf.missing(formats.whole(missing))}</p>
            <button type="button" onClick={fill}>
              {fillText}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
