import { useRef } from 'preact/hooks';
import { type Job, present, useApi, useAsk, usePolling } from '../../api/index.ts';
import { Busy, Facts, Problem, Progress } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { hrefOf, type Route } from '../../route/index.ts';
import { Actions } from './actions.tsx';
import { CurvesCharts } from './curves-charts.tsx';
import { type Seen, secondsLeft, trainedShare } from './time-left.ts';

/** A job while it runs, and how it ended. */
export function TrainingPage({ route }: { readonly route: Extract<Route, { page: 'training' }> }) {
  const { words } = useReading();
  const { client } = useApi();
  const params = { path: { job: route.job }, query: { dataset: route.dataset } };
  const job = useAsk(
    async () => present(await client.GET('/v1/jobs/{job}', { params })),
    [route.job, route.dataset],
  );
  const curves = useAsk(
    async () => present(await client.GET('/v1/jobs/{job}/curves', { params })),
    [route.job, route.dataset, job.data?.status === 'running' ? '' : job.data?.status],
  );
  const running = job.data?.status === 'running';
  usePolling(job.again, 1000, running);
  usePolling(curves.again, 3000, running);
  return (
    <>
      <h1>{words.training.title(route.dataset)}</h1>
      {job.error !== undefined && <Problem error={job.error} again={job.again} />}
      {!job.data && job.waiting && <Busy />}
      {job.data && <JobView job={job.data} again={job.again} />}
      {curves.data && curves.data.members.length > 0 && <CurvesCharts curves={curves.data} />}
      {running && <p class="muted">{words.training.live}</p>}
    </>
  );
}

function JobView({ job, again }: { readonly job: Job; readonly again: () => void }) {
  const { words, formats } = useReading();
  const { connection } = useApi();
  const first = useRef<Seen | null>(null);
  const now = { at: Date.now(), share: trainedShare(job.members) };
  if (now.share > 0) first.current ??= now;
  const left = job.stage === 'train' ? secondsLeft(first.current, now) : null;
  const isRunning = job.status === 'running';
  return (
    <div class="panel">
      <Outcome job={job} />
      <ol class="stages">
        {(['plan', 'train', 'assemble', 'end'] as const).map((stage) => (
          <li key={stage} aria-current={stage === job.stage ? 'step' : undefined}>
            {words.training.stages[stage]}
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          [words.training.status, words.start.state[job.status]],
          [words.training.elapsed, formats.duration(job.seconds)],
          ...(isRunning
            ? [
                [
                  words.training.left,
                  left === null ? words.training.leftUnknown : formats.duration(left),
                ] as const,
              ]
            : []),
          [words.training.cost, costOf(job)],
        ]}
      />
      <ul class="members">
        {job.members.map(({ phase, step, steps }, i) => (
          <li key={i}>
            <span>{words.training.member(String(i + 1))}</span>
            <Progress
              share={phase === 'done' ? 1 : steps > 0 ? step / steps : 0}
              label={words.training.member(String(i + 1))}
            />
            <span class="muted">
              {words.training.phases[phase]}
              {(phase === 'choose' || phase === 'refit') &&
                `, ${words.training.step(formats.whole(step), formats.whole(steps))}`}
            </span>
          </li>
        ))}
      </ul>
      <Actions job={job} again={again} />
    </div>
  );

  function costOf({ cost }: Job): string {
    return cost === 0 && isOwnMachine(connection.url) ? words.training.costLocal : formats.money(cost);
  }
}

/** A server of one's own costs nothing that could be counted. */
const isOwnMachine = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** How it ended. */
function Outcome({ job: { status, error, promoted, reason, dataset, version } }: { readonly job: Job }) {
  const { words } = useReading();
  if (status === 'failed') {
    return (
      <section class="notice notice-bad" role="alert">
        <h2>{words.training.failed}</h2>
        <p>{error?.message}</p>
        {error?.remedy && (
          <p>
            <b>{words.problem.remedy}:</b> {error.remedy}
          </p>
        )}
        <a class="button" href={hrefOf({ page: 'upload', dataset })}>
          {words.training.mend}
        </a>
      </section>
    );
  }
  if (status === 'cancelled') return <p class="notice notice-warn">{words.training.cancelled}</p>;
  if (status !== 'done') return null;
  return (
    <section class="notice notice-good" role="status">
      <h2>{promoted ? words.training.done : words.training.notPromoted}</h2>
      {reason && <p>{reason}</p>}
      <p class="row">
        <a class="button primary" href={hrefOf({ page: 'model', model: dataset })}>
          {words.training.open}
        </a>
        {version && (
          <a class="button" href={hrefOf({ page: 'versions', model: dataset })}>
            {words.training.versions}
          </a>
        )}
      </p>
    </section>
  );
}
