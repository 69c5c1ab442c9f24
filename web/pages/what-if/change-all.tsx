import { useReading } from '../../reading/index.ts';
import { signedShare } from './signed-share.ts';

/** The most by which all steps are changed at once, and what the buttons say, in per cent. */
const most = 20;
const buttons = [-20, -10, -5, 0, 5, 10, 20];

interface ChangeAllProps {
  readonly name: string;
  /** 0.05 is five per cent more. */
  readonly change: number;
  readonly set: (change: number) => void;
}

/** Changes all steps of a covariate by a share. */
export function ChangeAll({ name, change, set }: ChangeAllProps) {
  const { words, formats } = useReading();
  const percent = Math.round(100 * change);
  return (
    <fieldset class="change-all">
      <legend>{words.whatIf.whole(name)}</legend>
      <div class="row">
        <input
          type="range"
          min={-most}
          max={most}
          step={1}
          value={percent}
          aria-label={words.whatIf.whole(name)}
          aria-valuetext={signedShare(change, formats)}
          onInput={(event) => set(event.currentTarget.valueAsNumber / 100)}
        />
        <output>{signedShare(change, formats)}</output>
      </div>
      <div class="choice">
        {buttons.map((one) => (
          <button key={one} type="button" aria-pressed={one === percent} onClick={() => set(one / 100)}>
            {signedShare(one / 100, formats)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
