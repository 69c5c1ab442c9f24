import { parsePeriod } from '../../../frequency/index.ts';
import { checkKnown, type ItemHistory, type OpenModel } from '../../../serve/index.ts';
import { at } from '../../problem.ts';
import type { FlatSeries } from '../../routes/nixtla/series.ts';
import { type Covariates, covariatesOf, type Layout } from './covariates.ts';
import { refused } from './refused.ts';

/** One series of a request. */
export interface Sequence {
  readonly name: string;
  /** Where its first observation stands in the request's list. */
  readonly offset: number;
  /** The period index of its first observation. */
  readonly start: number;
  readonly target: Float64Array;
  readonly covariates: Covariates;
}

/** @throws Refusal where lists do not fit each other or the model */
export function sequencesOf(model: OpenModel, series: FlatSeries, layout: Layout): readonly Sequence[] {
  checkChannels(model);
  const { sizes, y } = series;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (y.length !== total) {
    throw refused('series.y', {
      rule: `y must have as many values as sizes say: ${total}`,
      received: String(y.length),
      remedy: 'send the observations of all series one behind the other',
    });
  }
  const starts = startsOf(series);
  const cut = covariatesOf(model, series, layout);
  let offset = 0;
  return sizes.map((size, i) => {
    const from = offset;
    offset += size;
    const start = at(`series.start_datetime[${i}]`, () =>
      parsePeriod(model.description.frequency, withMinutes(starts[i] ?? '')),
    );
    const target = y.subarray(from, offset);
    return { name: `series ${i}`, offset: from, start, target, covariates: cut(from, size, i) };
  });
}

function checkChannels({ description: { channels } }: OpenModel): void {
  if (channels.length === 1) return;
  throw refused('model', {
    rule: 'the model must forecast one channel, since the client names no channels',
    received: `one of ${channels.length}: ${channels.join(', ')}`,
    remedy: 'use POST /v1/models/{model}/forecast, or name another model',
  });
}

function startsOf({ start_datetime: starts, sizes }: FlatSeries): readonly string[] {
  if (starts?.length === sizes.length) return starts;
  throw refused('series.start_datetime', {
    rule: 'start_datetime must have the first timestamp of each series',
    received: starts ? `${starts.length} for ${sizes.length} series` : 'none',
    remedy: 'use nixtla 0.9 or newer, with timestamps in UTC or at a constant distance from it',
  });
}

/** The client writes `2024-01-01T06` where all timestamps are at full hours. */
const withMinutes = (text: string): string => (/T\d\d$/.test(text) ? `${text}:00` : text);

/**
 * A series as it was when it had its first `rows` observations.
 *
 * @throws Refusal where known covariates end before the model's horizon does
 */
export function historyAt(model: OpenModel, sequence: Sequence, rows: number): ItemHistory {
  const { description, shape } = model;
  const { known, past } = sequence.covariates;
  const history: ItemHistory = {
    item: sequence.name,
    start: sequence.start,
    history: sequence.target.subarray(0, rows),
    ...(shape.known > 0 && { known: known.subarray(0, (rows + shape.horizon) * shape.known) }),
    ...(shape.past > 0 && { past: past.subarray(0, rows * shape.past) }),
  };
  if (shape.known > 0) {
    const names = description.covariates.known;
    const remedy = `forecast all ${shape.horizon} steps at a time (h=${shape.horizon}), and give covariates for each of them`;
    at('series.X', () => checkKnown(history, shape, { names, remedy }));
  }
  return history;
}
