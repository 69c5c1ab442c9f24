import { everybody, forecastApi } from '../../shared/api/index.ts';
import { readBundle, readSeries } from '../../shared/bundle/index.ts';
import { type ConfigurationInput, parseConfiguration } from '../../shared/documents/index.ts';
import { shapeOf } from '../../shared/forecast/index.ts';
import { loadPrepared, runJob } from '../../shared/jobs/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { ask } from '../api/support.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('calendar');
const root = folder.root();
const store = fileStore(root);
const day = 86_400_000;
/** Public holidays of Germany within the table. */
const holidays = ['01-01', '05-01', '10-03', '12-25', '12-26'];

/** Two years of days that are lower on holidays and higher with the price's fall, until some day of 2024. */
function table(days: number, items = 8): string {
  const random = createRandom(5);
  const rows = Array.from({ length: items * days }, (_, at) => {
    const [item, i] = [Math.floor(at / days), at % days];
    const date = new Date(Date.UTC(2023, 0, 1) + i * day).toISOString().slice(0, 10);
    const price = (i + item) % 9 < 3 ? 1 : 2;
    const level = 100 + 10 * ((i + item) % 7) - 20 * price + 2 * random.normal();
    return `shop ${item},${date},${(holidays.includes(date.slice(5)) ? level - 60 : level).toFixed(2)},${price}`;
  });
  return `${['item_id,ds,y,price', ...rows].join('\n')}\n`;
}

const configure = (more: ConfigurationInput = {}) =>
  parseConfiguration({
    ...{ members: 1, units: 16, budget: '600steps', horizon: 7, transform: 'identity' },
    columns: { known: ['price'], target: 'y' },
    features: { holidays: 'DE' },
    ...more,
  });

const train = (configuration = configure(), dataset = 'shop') =>
  runJob({ root, dataset, files: [folder.table(table(719))], configuration, processes: 1 });

let version = '';
beforeAll(async () => {
  version = (await train()).job.version ?? '';
}, 240_000);

test('the bundle has the holidays with their generator, and asks for nothing but what was given', async () => {
  const { description } = await readBundle(store, keys.model('shop', version));
  expect(description.covariates.known).toEqual(['price']);
  const [feature] = description.features;
  expect(feature).toMatchObject({
    ...{ generator: 'holidays', country: 'DE', years: [2022, 2034] },
    columns: ['holiday', 'before_holiday', 'after_holiday'],
  });
  const { dates = [] } = feature?.generator === 'holidays' ? feature : {};
  for (const date of holidays) expect(dates).toContain(`2024-${date}`);
  expect(dates).toContain('2024-03-29'); // Good Friday
  expect(dates).not.toContain('2024-12-24');
  expect(shapeOf(description).known).toBe(1);
  const record = (await readSeries(store, 'shop', ['shop 3'])).get('shop 3');
  expect(record?.known.width).toBe(1);
});

test('training sees them beside what was given, in the past and ahead', async () => {
  const { job } = await train();
  const { series, settings } = await loadPrepared(store, 'shop', job.job);
  expect(settings.known).toBe(4);
  const [one] = series;
  const row = (date: string) => {
    const at = (Date.parse(`${date}T00:00Z`) - Date.UTC(2023, 0, 1)) / day;
    return [...(one?.known.subarray(4 * at, 4 * at + 4) ?? [])];
  };
  expect(row('2023-12-25')).toEqual([expect.any(Number), 1, 1, 0]);
  expect(row('2023-12-24')).toEqual([expect.any(Number), 0, 1, 0]);
  // After the table's end: the price is not known, the calendar is.
  expect(row('2024-12-25')).toEqual([Number.NaN, 1, 1, 0]);
});

test('a forecast over Christmas needs no holidays from its caller, and sees them', async () => {
  const champions = createChampions(store);
  const app = forecastApi({
    store,
    champions,
    authenticate: everybody,
  });
  const random = createRandom(9);
  const target = Array.from({ length: 60 }, (_, i) => 70 + 10 * ((i + 1) % 7) + 2 * random.normal());
  const series = (start: string) => ({ start, target, known: { price: Array(67).fill(1.5) } });
  const means = async (start: string) => {
    const body = { series: [series(start)] };
    const answer = await ask(app, 'POST', '/v1/models/shop/forecast', { body });
    expect(answer.status).toBe(200);
    return answer.body.forecasts[0].mean as number[];
  };
  // 52 weeks apart, so that the days of the week are the same: once with Christmas ahead, once without.
  const [christmas, plain] = [await means('2024-10-23'), await means('2024-08-28')];
  champions.close();
  const fall = (i: number) => (plain[i] ?? 0) - (christmas[i] ?? 0);
  expect(fall(3)).toBeGreaterThan(10); // 25 December
  expect(fall(4)).toBeGreaterThan(10);
  expect(Math.abs(fall(1))).toBeLessThan(10);
}, 60_000);

test.each<[string, ConfigurationInput, string]>([
  [
    'a country that there is not',
    { features: { holidays: { country: 'Germany' } } },
    'holidays must be those of a country, as ISO 3166 calls it, got Germany: write for example DE, US or DE-BY',
  ],
  [
    'a part of a country that it has not',
    { features: { holidays: 'DE-XX' } },
    'holidays must be those of a part of DE, one of BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH, got XX',
  ],
  [
    'local time without a zone',
    { features: { localTime: true } },
    'features.localTime needs a timezone, and periods that are shorter than a day, got no timezone: set timezone, such as Europe/Berlin',
  ],
  [
    'local time of days',
    { features: { localTime: true }, timezone: 'Europe/Berlin' },
    'features.localTime needs a timezone, and periods that are shorter than a day, got days or longer: leave it out',
  ],
])('%s is refused', async (_, more, message) => {
  await expect(train(configure(more), 'refused')).rejects.toThrow(message);
});

test('a column that is named like a made one is refused', async () => {
  const file = folder.table(table(100).replace('price', 'holiday'));
  const configuration = configure({ columns: { known: ['holiday'], target: 'y' } });
  const run = runJob({ root, dataset: 'taken', files: [file], configuration, processes: 1 });
  await expect(run).rejects.toThrow(
    'columns must not be named as what the calendar makes: holiday, before_holiday, after_holiday, got holiday',
  );
});
