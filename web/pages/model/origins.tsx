import { useId } from 'preact/hooks';
import type { Model } from '../../api/index.ts';
import { axisZone, hasClock, timeOf } from '../../format/index.ts';
import { useReading } from '../../reading/index.ts';

interface OriginsProps {
  readonly model: Model;
  readonly origins: readonly string[];
  /** '' for all. */
  readonly origin: string;
  readonly setOrigin: (origin: string) => void;
}

/** Which backtest is shown: all side by side, or the one of an origin. */
export function Origins({ model: { frequency, timezone }, origins, origin, setOrigin }: OriginsProps) {
  const { words, formats } = useReading();
  const id = useId();
  const axis = { zone: axisZone(frequency, timezone), clock: hasClock(frequency) };
  return (
    <span class="row">
      <label for={id}>{words.model.origins}</label>
      <select id={id} value={origin} onChange={(event) => setOrigin(event.currentTarget.value)}>
        <option value="">{words.model.allOrigins}</option>
        {origins.map((one) => (
          <option key={one} value={one}>
            {formats.time(timeOf(one), axis)}
          </option>
        ))}
      </select>
    </span>
  );
}
