import { readFileSync } from 'node:fs';
import { keys } from '../../../shared/store/index.ts';
import { hourlyTable } from '../../support/job.ts';
import { createToken, ask as send } from '../support/ask.ts';
import { ended, jobsOf } from '../support/deployment.ts';
import { tidecast } from '../support/local.ts';
import { configurations, type Stage, settings, timed } from './stage.ts';

interface Forecasts {
  readonly version: string;
  readonly forecasts: readonly {
    readonly item: string;
    readonly timestamps: readonly string[];
    readonly mean: readonly number[];
    readonly quantiles: readonly { readonly level: number; readonly values: readonly number[] }[];
  }[];
}

/** The API behind API Gateway: who is let in, forecasts, and a dataset that begins with a presigned upload. */
export function describeServing(stage: () => Stage): void {
  let token = '';

  const ask = (path: string, by: string | null, body?: unknown): Promise<Response> =>
    send(stage().deployment, path, by, { body });
  const read = async (path: string) => (await ask(path, token)).json();

  beforeAll(async () => {
    token = await createToken(stage().cloud, settings.stack, 'forecast,upload', 'electricity,killed,by-*');
  }, 300_000);

  test('without a token 401, with a wrong one 401, with one for other datasets 403, with the right one an answer', async () => {
    const body = { items: ['item 0'] };
    const statuses = async (path: string, sent?: unknown) =>
      Promise.all(
        [null, `tc_${'A'.repeat(43)}`, token].map(async (by) => (await ask(path, by, sent)).status),
      );
    expect(await statuses('/v1/models/killed/forecast', body)).toEqual([401, 401, 200]);
    expect(await statuses('/v1/models/parts/forecast', body)).toEqual([401, 401, 403]);
    expect(await statuses('/v1/models/killed')).toEqual([401, 401, 200]);
    expect(await statuses('/v1/models/parts')).toEqual([401, 401, 403]);
    expect((await ask('/v1/health', null)).status).toBe(200);
    expect((await (await ask('/openapi.json', null)).json()).openapi).toBe('3.1.0');
  }, 300_000);

  test('forecasts of items are those of the bundle made here', async () => {
    const rows = await forecastHere(stage().here.killed.bundle);
    const answer: Forecasts = await (
      await ask('/v1/models/killed/forecast', token, { items: [...rows.keys()] })
    ).json();
    expect(asRows(answer)).toEqual(rows);
  }, 300_000);

  test('forecasts of series in the request, with known covariates, are those of the bundle made here', async () => {
    const { bundle } = stage().here.electricity;
    const future = 'examples/electricity/electricity-future.csv';
    const rows = await forecastHere(bundle, '--future', future);
    const series = seriesOf('examples/electricity/electricity.csv', future);
    const answered = await timed(stage(), 'first forecast of electricity', () =>
      ask('/v1/models/electricity/forecast', token, { series }),
    );
    expect(asRows(await answered.json())).toEqual(rows);
    await timed(stage(), 'second forecast of electricity', () =>
      ask('/v1/models/electricity/forecast', token, { series }),
    );
  }, 300_000);

  test('jobs and models are listed as far as the token reaches', async () => {
    const { jobs } = await read('/v1/jobs');
    expect(new Set(jobs.map(({ dataset }: { dataset: string }) => dataset))).toEqual(
      new Set(['electricity', 'killed']),
    );
    const [{ job }] = jobs;
    expect(await read(`/v1/jobs/${job}`)).toMatchObject({ job, status: 'done' });
    expect((await ask('/v1/jobs/0000000000000000', token)).status).toBe(404);
    const { models } = await read('/v1/models');
    expect(models.map(({ model }: { model: string }) => model)).toEqual(['electricity', 'killed']);
    expect((await ask('/v1/models/by-nobody', token)).status).toBe(404);
    expect((await ask('/v1/models/by-nobody/forecast', token, { items: ['a'] })).status).toBe(404);
  }, 300_000);

  test('files uploaded to presigned URLs become a model, with nothing else to be done', async () => {
    const { deployment } = stage();
    for (const [file, text] of [
      ['tidecast.yaml', configurations.small],
      ['table.csv', hourlyTable()],
    ] as const) {
      const upload = await (await ask('/v1/datasets/by-url/uploads', token, { file })).json();
      const sent = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: text });
      expect(sent.status).toBe(200);
      const stored = await deployment.store.get(keys.upload('by-url', file));
      expect(Buffer.from(stored?.bytes ?? []).toString()).toBe(text);
    }
    const job = await timed(stage(), 'presigned upload to model', () => ended(deployment, 'by-url'));
    expect(job).toMatchObject({ status: 'done', promoted: true });
    expect(await jobsOf(deployment, 'by-url')).toEqual([job.job]);
    expect((await ask('/v1/models/by-url/forecast', token, { items: ['item 1'] })).status).toBe(200);
  }, 300_000);
}

/** Item and numbers of each step, as `tidecast forecast` writes them. */
async function forecastHere(bundle: string, ...options: readonly string[]): Promise<Map<string, string[]>> {
  const [, ...lines] = (await tidecast('forecast', bundle, ...options)).trim().split('\n');
  const rows = new Map<string, string[]>();
  for (const line of lines) {
    const [item = '', time, ...numbers] = line.split(',');
    rows.set(item, [...(rows.get(item) ?? []), [`${time?.replace(' ', 'T')}Z`, ...numbers].join(' ')]);
  }
  return rows;
}

const asRows = ({ forecasts }: Forecasts): Map<string, string[]> =>
  new Map(
    forecasts.map(({ item, timestamps, mean, quantiles }) => [
      item,
      timestamps.map((time, i) => [time, mean[i], ...quantiles.map(({ values }) => values[i])].join(' ')),
    ]),
  );

const days = Array.from({ length: 7 }, (_, day) => `day_${day}`);

/** The electricity example as series of a request. */
function seriesOf(table: string, future: string) {
  const read = (file: string) => {
    const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const names = header.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
  };
  const [past, ahead] = [read(table), read(future)];
  return [...new Set(past.map((row) => row.unique_id))].map((item) => {
    const own = past.filter((row) => row.unique_id === item);
    const all = [...own, ...ahead.filter((row) => row.unique_id === item)];
    const column = (name: string) => all.map((row) => Number(row[name]));
    return {
      item,
      start: `${own[0]?.ds?.replace(' ', 'T')}Z`,
      target: own.map((row) => (row.y === '' ? null : Number(row.y))),
      known: { Exogenous1: column('Exogenous1'), Exogenous2: column('Exogenous2') },
      // The other columns are read as far as they were observed.
      past: Object.fromEntries(days.map((name) => [name, column(name).slice(0, own.length)])),
    };
  });
}
