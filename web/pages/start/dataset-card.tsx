import { type DatasetSummary, useApi, useAsk } from '../../api/index.ts';
import { Sparkline } from '../../charts/index.ts';
import { none } from '../../format/index.ts';
import { Busy, Problem } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { hrefOf } from '../../route/index.ts';
import { type Glimpse, glimpseOf } from './datasets.ts';

/** One dataset: its state, and where it has a model, how it looks and how good it is. */
export function DatasetCard({ dataset, job, version }: DatasetSummary) {
  const { words } = useReading();
  const { client } = useApi();
  const glimpse = useAsk(async () => (version ? glimpseOf(client, dataset) : null), [dataset, version]);
  const status = job?.status ?? (version ? 'done' : 'none');
  const home = version
    ? hrefOf({ page: 'model', model: dataset })
    : job && hrefOf({ page: 'training', dataset, job: job.job });
  return (
    <li class="card">
      <div class="row">
        <h2>{home ? <a href={home}>{dataset}</a> : dataset}</h2>
        <span class={`state state-${status}`}>{words.start.state[status]}</span>
      </div>
      {glimpse.error !== undefined && <Problem error={glimpse.error} again={glimpse.again} />}
      {glimpse.waiting && version && <Busy />}
      {glimpse.data && <ModelGlimpse {...glimpse.data} />}
      {!version && <p class="muted">{words.start.noModel}</p>}
      <p class="row">
        {job && status !== 'done' && (
          <a href={hrefOf({ page: 'training', dataset, job: job.job })}>
            {status === 'failed' ? words.start.whyFailed : words.start.follow}
          </a>
        )}
        <a href={hrefOf({ page: 'upload', dataset })}>{words.start.addData}</a>
      </p>
    </li>
  );
}

function ModelGlimpse({ model, values }: Glimpse) {
  const { words, formats } = useReading();
  const { scores = {}, baselines = {} } = model.metrics ?? {};
  const [own, other] = [scores.mase ?? null, baselines.seasonalNaive?.mase ?? null];
  const trainedAt = model.history[0]?.at;
  return (
    <>
      {values.length > 0 && <Sparkline values={values} />}
      <p>
        {words.start.shape(
          model.items === null ? none : formats.whole(model.items),
          model.frequency,
          formats.whole(model.horizon),
        )}
      </p>
      {own !== null && other !== null && other > 0 && (
        <p>
          <b>{comparison(1 - own / other)}</b>
          <br />
          <span class="muted">{words.start.accuracy(formats.number(own), formats.number(other))}</span>
        </p>
      )}
      {trainedAt && <p class="muted">{words.start.trained(formats.age(Date.parse(trainedAt)))}</p>}
    </>
  );

  function comparison(gain: number): string {
    const share = formats.share(Math.round(100 * Math.abs(gain)) / 100);
    if (Math.abs(gain) < 0.005) return words.start.same;
    return gain > 0 ? words.start.better(share) : words.start.worse(share);
  }
}
