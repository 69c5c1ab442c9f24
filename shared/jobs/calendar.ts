import { type CalendarFeature, columnsOf } from '../calendar/index.ts';
import {
  emptyPanel,
  itemEnd,
  itemFuture,
  itemKnown,
  itemLength,
  itemStart,
  type Panel,
} from '../dataset/index.ts';
import type { Configuration } from '../documents/index.ts';
import { ConfigurationError, nearest } from '../errors/index.ts';
import { calendarRows, generatedColumns, setColumns } from '../forecast/index.ts';
import { measureOf, periodLength, timestampOf } from '../frequency/index.ts';

/** Years after the data's end for which a bundle has holidays. */
const yearsAhead = 10;
const day = 86_400_000;

/** What the configuration wants of the calendar. @throws ConfigurationError where that cannot be made */
export async function calendarFeatures(
  { features = {}, timezone }: Configuration,
  panel: Panel,
): Promise<readonly CalendarFeature[]> {
  const { frequency } = panel;
  const found: CalendarFeature[] = [];
  if (features.holidays !== undefined) {
    const { country, state } = placeOf(features.holidays);
    const years = yearsOf(panel);
    found.push({
      ...{ generator: 'holidays', columns: [...columnsOf('holidays', frequency)], country },
      ...(state !== undefined && { state }),
      ...(timezone !== undefined && { timezone }),
      dates: await holidayDates(country, state, years),
      years,
    });
  }
  if (features.localTime) {
    if (timezone === undefined || measureOf(frequency) !== 'milliseconds' || periodLength(frequency) >= day) {
      throw new ConfigurationError(
        {
          rule: 'features.localTime needs a timezone, and periods that are shorter than a day',
          received: timezone === undefined ? 'no timezone' : 'days or longer',
          remedy: timezone === undefined ? 'set timezone, such as Europe/Berlin' : 'leave it out',
        },
        { path: 'features.localTime' },
      );
    }
    found.push({ generator: 'localTime', columns: [...columnsOf('localTime', frequency)], timezone });
  }
  return found;
}

type Place = { readonly country: string; readonly state?: string | undefined };

function placeOf(holidays: string | Place): Place {
  if (typeof holidays !== 'string') return holidays;
  const [country = '', state] = holidays.split('-');
  return { country, ...(state !== undefined && { state }) };
}

function yearsOf(panel: Panel): [number, number] {
  const items = panel.items.map((_, i) => i);
  const first = items.reduce((least, i) => Math.min(least, itemStart(panel, i)), Number.POSITIVE_INFINITY);
  const last = items.reduce((most, i) => Math.max(most, itemEnd(panel, i)), Number.NEGATIVE_INFINITY);
  const yearOf = (period: number) => new Date(timestampOf(panel.frequency, period)).getUTCFullYear();
  return [yearOf(first) - 1, yearOf(last) + yearsAhead];
}

/** Public holidays by the package `date-holidays`, which is needed here and nowhere else. */
async function holidayDates(
  country: string,
  state: string | undefined,
  [from, to]: readonly [number, number],
): Promise<string[]> {
  const { default: Holidays } = await import('date-holidays');
  const countries = Object.keys(new Holidays().getCountries());
  refuseUnknown('holidays must be those of a country, as ISO 3166 calls it', country, countries);
  if (state !== undefined) {
    const states = Object.keys(new Holidays().getStates(country) ?? {});
    refuseUnknown(
      `holidays must be those of a part of ${country}, one of ${states.join(', ')}`,
      state,
      states,
    );
  }
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const dates = new Set<string>();
  for (let year = from; year <= to; year++) {
    for (const { type, date, start, end } of calendar.getHolidays(year)) {
      if (type !== 'public') continue;
      const first = Date.parse(`${date.slice(0, 10)}T00:00Z`);
      const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / day));
      for (let i = 0; i < count; i++) dates.add(new Date(first + i * day).toISOString().slice(0, 10));
    }
  }
  return [...dates].sort();
}

function refuseUnknown(rule: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const meant = nearest(name, known);
  throw new ConfigurationError(
    { rule, received: name, remedy: meant ? `did you mean ${meant}?` : 'write for example DE, US or DE-BY' },
    { path: 'features.holidays' },
  );
}

/** The panel with what the calendar makes, behind its known covariates, for as far ahead as is forecast. */
export function withCalendar(panel: Panel, features: readonly CalendarFeature[], horizon: number): Panel {
  if (features.length === 0) return panel;
  const { known, past, frequency, ...rest } = panel;
  const calendar = { features, frequency };
  const made = generatedColumns(calendar);
  const given = known.names.length;
  const width = given + made;
  const names = features.flatMap(({ columns }) => columns);
  refuseTaken(panel, names);
  const lengths = panel.items.map((_, i) => itemLength(panel, i));
  const wide = emptyPanel({
    ...{ ...rest, frequency, lengths, past: past.names },
    ...{ known: [...known.names, ...names], horizon: Math.max(known.horizon, horizon) },
  });
  wide.target.set(panel.target);
  wide.past.values.set(past.values);
  for (const i of panel.items.keys()) {
    const rows = calendarRows(calendar, itemLength(panel, i) + wide.known.horizon)(itemStart(panel, i));
    const split = itemLength(panel, i) * made;
    const parts = [
      [itemKnown(wide, i), itemKnown(panel, i), rows.subarray(0, split)],
      [itemFuture(wide, i), itemFuture(panel, i), rows.subarray(split)],
    ] as const;
    for (const [into, own, generated] of parts) {
      if (given > 0) setColumns(into, own, { width, columns: given, row: 0, column: 0 });
      setColumns(into, generated, { width, columns: made, row: 0, column: given });
    }
  }
  return wide;
}

function refuseTaken({ known, past, channels }: Panel, names: readonly string[]): void {
  const taken = [...known.names, ...past.names, ...channels].find((name) => names.includes(name));
  if (taken === undefined) return;
  throw new ConfigurationError(
    {
      rule: `columns must not be named as what the calendar makes: ${names.join(', ')}`,
      received: taken,
      remedy: 'rename the column, or leave it to the calendar with columns.ignore',
    },
    { path: 'features' },
  );
}
