import type { Language } from '../words/index.ts';

interface TimeAxis {
  readonly zone: string;
  readonly clock: boolean;
}

/** How numbers and times are written in a language. */
export interface Formats {
  /** About four digits, large ones grouped. */
  readonly number: (value: number | null) => string;
  /** 0.8 as 80 %. */
  readonly share: (value: number | null) => string;
  readonly whole: (value: number) => string;
  /** A moment by the clock of a zone; the day alone where `clock` is false. */
  readonly time: (at: number, axis: TimeAxis) => string;
  /** Labels of an axis: what changes from one to the next. */
  readonly ticks: (places: readonly number[], axis: TimeAxis) => string[];
  /** How long ago: "3 days ago". */
  readonly age: (at: number, now?: number) => string;
  /** Seconds in words: "2 min 10 s". */
  readonly duration: (seconds: number) => string;
  readonly bytes: (count: number) => string;
  /** US dollars, small ones to a tenth of a cent. */
  readonly money: (dollars: number) => string;
}

/** What stands where there is no number. */
export const none = '–';

export function formatsOf(language: Language): Formats {
  const locale = language === 'zh' ? 'zh-Hans-CN' : 'en-GB';
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency: 'USD', maximumFractionDigits: 3 },
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits },
    }).format(value);
  const orNone = (format: Intl.NumberFormat) => (value: number | null) =>
    value === null || !Number.isFinite(value) ? none : format.format(value);
  const dates = dateFormats(locale);
  return {
    number: (value) =>
      value !== null && Math.abs(value) >= 10_000 ? orNone(whole)(value) : orNone(plain)(value),
    share: orNone(share),
    whole: (value) => whole.format(value),
    time: (at, { zone, clock }) => dates(zone, clock ? 'moment' : 'day').format(at),
    ticks: (places, axis) => ticksOf(places, axis, dates),
    age: (at, now = Date.now()) => {
      const [count, name] = largestUnit((at - now) / 1000);
      return relative.format(count, name);
    },
    duration: (seconds) => {
      if (seconds < 60) return unit(Math.round(seconds), 'second');
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return unit(minutes, 'minute');
      const rest = minutes % 60;
      return `${unit(Math.floor(minutes / 60), 'hour')}${rest > 0 ? ` ${unit(rest, 'minute')}` : ''}`;
    },
    bytes: (count) => {
      if (count < 1e3) return unit(count, 'byte');
      return count < 1e6 ? unit(count / 1e3, 'kilobyte') : unit(count / 1e6, 'megabyte', 1);
    },
    money: (dollars) => money.format(dollars),
  };
}

type DateForm = 'moment' | 'day' | 'clock' | 'month' | 'year';

const dateForms: Readonly<Record<DateForm, Intl.DateTimeFormatOptions>> = {
  moment: {
    ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  },
  day: { year: 'numeric', month: 'short', day: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  month: { month: 'short', day: 'numeric' },
  year: { year: 'numeric', month: 'short' },
};

/** Formatters cost a millisecond each: each is made once. */
function dateFormats(locale: string) {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (zone: string, form: DateForm): Intl.DateTimeFormat => {
    const key = `${zone} ${form}`;
    const known = made.get(key) ?? new Intl.DateTimeFormat(locale, { ...dateForms[form], timeZone: zone });
    made.set(key, known);
    return known;
  };
}

const day = 86_400_000;

function ticksOf(
  places: readonly number[],
  { zone, clock }: TimeAxis,
  dates: ReturnType<typeof dateFormats>,
): string[] {
  const step = (places[1] ?? 0) - (places[0] ?? 0);
  if (step >= 28 * day) return places.map((at) => dates(zone, 'year').format(at));
  const days = places.map((at) => dates(zone, 'month').format(at));
  if (step >= day || !clock) return days;
  return places.map((at, i) => {
    const hour = dates(zone, 'clock').format(at);
    return i === 0 || days[i] !== days[i - 1] ? `${hour}\n${days[i]}` : hour;
  });
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

function largestUnit(seconds: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  for (const [name, length] of units) {
    if (Math.abs(seconds) >= length) return [Math.trunc(seconds / length), name];
  }
  return [Math.trunc(seconds), 'second'];
}
