import type { Model } from '../api/index.ts';
import { axisZone, hasClock, none, timeOf } from '../format/index.ts';
import { Facts } from '../parts/index.ts';
import { useReading } from '../reading/index.ts';

/** What the model is. */
export function About({ model }: { readonly model: Model }) {
  const { words, formats } = useReading();
  const { fact } = words.model;
  const { frequency, timezone, lastPeriod, covariates } = model;
  const axis = { zone: axisZone(frequency, timezone), clock: hasClock(frequency) };
  const names = [...covariates.known, ...covariates.past, ...covariates.static, ...covariates.generated];
  const count = (value: number | null) => (value === null ? none : formats.whole(value));
  return (
    <section class="panel" aria-labelledby="about">
      <h2 id="about">{words.model.facts}</h2>
      <Facts
        facts={[
          [fact.version, <code key="version">{model.version}</code>],
          [fact.frequency, frequency],
          [fact.horizon, formats.whole(model.horizon)],
          [
            fact.season,
            model.season === 1 ? words.upload.noSeason : words.model.periods(formats.whole(model.season)),
          ],
          [fact.context, words.model.periods(formats.whole(model.context))],
          [fact.members, formats.whole(model.members)],
          [fact.items, count(model.items)],
          [fact.observations, count(model.observations)],
          [fact.lastPeriod, lastPeriod === null ? none : formats.time(timeOf(lastPeriod), axis)],
          [fact.zone, axis.clock ? axis.zone : none],
          [fact.covariates, names.length === 0 ? words.model.noCovariates : names.join(', ')],
        ]}
      />
    </section>
  );
}
