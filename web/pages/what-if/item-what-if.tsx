import { useMemo, useState } from 'preact/hooks';
import type { Item, Model } from '../../api/index.ts';
import { axisZone, hasClock } from '../../format/index.ts';
import { useReading } from '../../reading/index.ts';
import type { Forecaster } from './compute.ts';
import { Controls } from './controls.tsx';
import { observedPeriods } from './history.ts';
import { Result } from './result.tsx';
import { StepInputs } from './step-inputs.tsx';
import { stepTimes } from './step-times.ts';
import { useForecast } from './use-forecast.ts';
import {
  type Assumption,
  type Assumptions,
  completeValues,
  filled,
  storedAssumptions,
  withStep,
} from './values.ts';

interface ItemWhatIfProps {
  readonly model: Model;
  readonly item: Item;
  readonly forecaster: Forecaster;
}

/** What is assumed of an item's covariates, and the forecast that follows from it. */
export function ItemWhatIf({ model, item, forecaster }: ItemWhatIfProps) {
  const { words, formats } = useReading();
  const stored = useMemo(() => storedAssumptions(item, model.covariates.known, model.horizon), [item, model]);
  const [assumptions, setAssumptions] = useState<Assumptions>(stored);
  const [chosen, setChosen] = useState(model.covariates.known[0] ?? '');
  const storedValues = useMemo(() => completeValues(stored), [stored]);
  const values = useMemo(() => completeValues(assumptions), [assumptions]);
  const before = useForecast(forecaster, item, storedValues);
  const after = useForecast(forecaster, item, values);
  const steps = useMemo(() => {
    const axis = { zone: axisZone(model.frequency, model.timezone), clock: hasClock(model.frequency) };
    return stepTimes(item, model).map((at) => formats.time(at, axis));
  }, [item, model, formats]);
  const assumption = assumptions[chosen];
  const storedOne = stored[chosen];
  if (!assumption || !storedOne) return null;
  const set = (next: Assumption) => setAssumptions((all) => ({ ...all, [chosen]: next }));
  const fill = () => {
    const rows = observedPeriods(item.target);
    const next = Object.entries(assumptions).map(([name, one]) => {
      return [name, filled(one, item.known[name]?.slice(0, rows) ?? [], model.season)] as const;
    });
    setAssumptions(Object.fromEntries(next));
  };
  return (
    <div class="what-if">
      <Controls
        {...{ assumptions, stored, chosen, setChosen, set, fill }}
        reset={() => setAssumptions(stored)}
        fillText={
          model.season > 1 ? words.whatIf.fillSeason(formats.whole(model.season)) : words.whatIf.fillLast
        }
      />
      <Result {...{ model, item, before, after }} />
      <StepInputs
        key={chosen}
        title={words.whatIf.values(chosen)}
        labels={steps}
        assumption={assumption}
        stored={storedOne}
        change={(step, value) => set(withStep(assumption, step, value))}
      />
    </div>
  );
}
