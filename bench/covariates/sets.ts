import { createRandom } from '../../shared/random/index.ts';
import { dataLines } from '../accuracy/data.ts';
import { type AccuracySet, accuracySet } from '../accuracy/sets.ts';

/** A set, and the same without what its covariates say. */
export interface CovariateCase {
  readonly question: string;
  readonly set: AccuracySet;
  readonly without: AccuracySet;
}

const day = 86_400_000;
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Hourly electricity prices, with and without the loads that were forecast for the day ahead. */
export function futureLoads(): CovariateCase {
  const set = accuracySet('electricity');
  const cut = (line: string) => line.split(',').slice(0, 3).join();
  const without = {
    ...set,
    name: 'electricity-alone',
    configuration: { horizon: set.configuration.horizon },
    header: cut(set.header),
    items: set.items.map((lines) => lines.map(cut)),
  };
  return { question: 'future loads', set, without };
}

/** What a promotion does to the sales of a day. */
export const promotionEffect = 0.8;

/** Shops with a weekly pattern, growth and noise, and a promotion on one day in ten that is known ahead. */
export function promotions(): CovariateCase {
  const [shops, days] = [20, 420];
  const items = Array.from({ length: shops }, (_, shop) => {
    const random = createRandom(shop + 1);
    const level = 50 + 100 * random.uniform();
    return Array.from({ length: days }, (_day, i) => {
      const promotion = random.uniform() < 0.1 ? 1 : 0;
      const usual = level * (1 + i / 2000) * (1 + 0.3 * Math.sin((2 * Math.PI * (i + shop)) / 7));
      const sold = usual * (1 + promotionEffect * promotion) * (1 + 0.05 * random.normal());
      return `shop ${shop},${dateOf(Date.UTC(2023, 0, 1) + i * day)},${sold.toFixed(2)},${promotion}`;
    });
  });
  const header = 'item_id,timestamp,sales,promotion';
  const common = { season: 7, heldOut: 56, fold: 56 };
  const set = {
    ...{ ...common, name: 'promotions', header, items },
    configuration: { horizon: 14, columns: { target: 'sales', known: ['promotion'] } },
  };
  const cut = (line: string) => line.split(',').slice(0, 3).join();
  const without = {
    ...{ ...common, name: 'promotions-alone', header: cut(header) },
    ...{ items: items.map((lines) => lines.map(cut)), configuration: { horizon: 14 } },
  };
  return { question: 'promotions', set, without };
}

/** What is left of a load on a holiday. */
const holidayShare = 0.6;
/** Public holidays of China by the State Council's notices, within the days of the set. */
const holidays = [
  ...['2016-09-15', '2016-09-16', '2016-09-17', ...week('2016-10-01'), '2017-01-01', '2017-01-02'],
  ...[...week('2017-01-27'), '2017-04-02', '2017-04-03', '2017-04-04', '2017-05-01', '2017-05-28'],
  ...['2017-05-29', '2017-05-30', ...week('2017-10-01'), '2018-01-01', ...week('2018-02-15')],
  ...['2018-04-05', '2018-05-01', '2018-06-18'],
];

function week(from: string): string[] {
  return Array.from({ length: 7 }, (_, i) => dateOf(Date.parse(`${from}T00:00Z`) + i * day));
}

/**
 * Daily means of the transformer's six loads and its temperature in two years, lower on holidays: real days, with an
 * effect that is known. The loads by themselves have none, since the transformer does not follow the calendar.
 */
export function holidayLoads(): CovariateCase {
  const [header = '', ...lines] = dataLines('etth1.csv.gz');
  const columns = header.split(',').slice(1);
  const sums = new Map<string, number[]>();
  for (const line of lines) {
    const [time = '', ...values] = line.split(',');
    const own = sums.get(time.slice(0, 10)) ?? columns.map(() => 0);
    values.forEach((value, c) => {
      own[c] = (own[c] ?? 0) + (Number(value) + 30) / 24;
    });
    sums.set(time.slice(0, 10), own);
  }
  const days = [...sums].slice(0, -1);
  const off = new Set(holidays);
  const items = columns.map((column, c) =>
    days.map(([date, values]) => {
      const value = (values[c] ?? 0) * (off.has(date) ? holidayShare : 1);
      return `${column},${date},${value.toFixed(4)}`;
    }),
  );
  const set = {
    ...{ name: 'holidays', header: 'item_id,timestamp,load', items, season: 7, heldOut: 140, fold: 140 },
    configuration: { horizon: 14, features: { holidays: 'CN' } },
  };
  const without = { ...set, name: 'holidays-alone', configuration: { horizon: 14 } };
  return { question: 'holidays', set, without };
}
