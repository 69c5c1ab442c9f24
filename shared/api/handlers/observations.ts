import {
  type Block,
  firstOf,
  periodsKept,
  readSeries,
  type SeriesRecord,
  updateSeries,
} from '../../bundle/index.ts';
import { checkKnown, type ItemHistory, RequestError } from '../../forecast/index.ts';
import { isoPeriod, parsePeriod, periodIndex } from '../../frequency/index.ts';
import { historyOfRecord, type OpenModel } from '../../serve/index.ts';
import { at, refused } from '../problem.ts';
import type { ObservationsAnswer, ObservationsInput, ObservationsRequest } from '../routes/observations.ts';
import { type AppendRules, appending } from './append.ts';
import { pastOf, refuseKnown, sideBySide, staticsOf, targetOf } from './columns.ts';
import { type ForecastDependencies, optionsOf, shownForecasts, withModel } from './forecast.ts';
import { checkNames } from './histories.ts';

export interface ObservationDependencies extends ForecastDependencies {
  readonly now?: () => Date;
}

/** Stores observations and forecasts their items from all that is stored then. */
export async function answerObservations(
  dependencies: ObservationDependencies,
  name: string,
  request: ObservationsRequest,
): Promise<ObservationsAnswer> {
  const { store, largestAnswer: largest, now = () => new Date() } = dependencies;
  const { series, onConflict } = request;
  return withModel(dependencies, name, series.length, async (model) => {
    const { dataset, description } = model;
    const options = optionsOf(model, request, { items: series.length, largest });
    checkNames(
      series.map(({ item }, i) => ({ item, path: `series[${i}].item` })),
      { rule: 'each item must have one series', remedy: 'join its observations in one series' },
    );
    const records = series.map((one, i) => recordOf(model, one, `series[${i}]`, now().getTime()));
    const names = series.map(({ item }) => item);
    const kept = periodsKept(description);
    const print = (period: number) => isoPeriod(description.frequency, period);
    const places = new Map(names.map((item, i) => [item, i]));
    const pathOf = (item: string) => `series[${places.get(item)}]`;
    const before = await append(dependencies, dataset, records, { kept, onConflict, print, pathOf });
    const after = await readSeries(store, dataset, names);
    const stored = names.flatMap((item) => after.get(item) ?? []);
    const { histories, withoutForecast } = forecastable(model, stored);
    return {
      ...(await shownForecasts(model, histories, options)),
      stored: stored.map(({ item, target }) => ({
        ...{ item, created: !before.has(item) },
        ...{ first: print(firstOf(target)), last: print(target.last) },
      })),
      withoutForecast,
    };
  });
}

/** Nothing is written where something is refused, unless what is stored changes meanwhile. Returns what was stored. */
async function append(
  { store }: ObservationDependencies,
  dataset: string,
  records: readonly SeriesRecord[],
  rules: AppendRules,
): Promise<ReadonlyMap<string, SeriesRecord>> {
  const merge = appending(rules);
  const before = await readSeries(
    store,
    dataset,
    records.map(({ item }) => item),
  );
  for (const record of records) merge(before.get(record.item), record);
  await updateSeries(store, dataset, records, { context: rules.kept, merge });
  return before;
}

function recordOf(model: OpenModel, one: ObservationsInput, path: string, now: number): SeriesRecord {
  const { description, shape } = model;
  const { rows, history } = targetOf(model, one.target, path);
  if (rows === 0) {
    throw refused(`${path}.target`, {
      rule: 'a series must have at least one value',
      received: 'none',
      remedy: 'write null where only covariates are new',
    });
  }
  const start = at(`${path}.start`, () => parsePeriod(description.frequency, one.start));
  const last = start + rows - 1;
  checkPast(model, last, path, now);
  return {
    item: one.item,
    target: { last, width: shape.channels, data: history },
    past: { last, width: shape.past, data: pastOf(model, one.past ?? {}, rows, path) },
    known: knownOf(model, one.known ?? {}, start, path),
    statics: staticsOf(model, one.static ?? {}, path),
  };
}

/** Clocks differ, and times without a zone may be another zone's. */
const tolerance = 24 * 60 * 60 * 1000;

/** Once stored, an observation of the far future would make all others too old. */
function checkPast({ description: { frequency } }: OpenModel, last: number, path: string, now: number): void {
  const newest = periodIndex(frequency, now + tolerance) + 1;
  if (last <= newest) return;
  throw refused(`${path}.start`, {
    rule: `observations must be of periods that have begun, by ${isoPeriod(frequency, newest)} at the latest`,
    received: `one of ${isoPeriod(frequency, last)}`,
    remedy: 'mend the timestamp',
  });
}

/** Known covariates from `start` on, as many as are given; those that are left out are not known. */
function knownOf(
  { description: { covariates } }: OpenModel,
  given: Readonly<Record<string, Float64Array>>,
  start: number,
  path: string,
): Block {
  const { known: names } = covariates;
  if (names.length === 0) refuseKnown(given, `${path}.known`);
  const steps = Object.values(given)[0]?.length ?? 0;
  const missing = new Float64Array(steps).fill(Number.NaN);
  const columns = { ...Object.fromEntries(names.map((name) => [name, missing])), ...given };
  const data = sideBySide(names, columns, steps, {
    path: `${path}.known`,
    what: 'known covariates',
    length: `${steps} values, as the others have`,
    remedy: 'write null for what is not known',
  });
  return { last: start + steps - 1, width: names.length, data };
}

function forecastable(model: OpenModel, records: readonly SeriesRecord[]) {
  const { shape, description } = model;
  const histories: ItemHistory[] = [];
  const withoutForecast: ObservationsAnswer['withoutForecast'] = [];
  for (const record of records) {
    const history = historyOfRecord(record, shape);
    const reason = shape.known > 0 ? whyNot(() => checkKnown(history, shape, naming(description))) : null;
    if (reason === null) histories.push(history);
    else withoutForecast.push({ item: record.item, reason });
  }
  return { histories, withoutForecast };
}

const naming = ({ covariates }: OpenModel['description']) => ({
  names: covariates.known,
  remedy: 'send them with the next observations',
});

function whyNot(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof RequestError) return error.message;
    throw error;
  }
}
