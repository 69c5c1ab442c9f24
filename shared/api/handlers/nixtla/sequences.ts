import type { ItemHistory } from '../../../forecast/index.ts';
import { parsePeriod } from '../../../frequency/index.ts';
import type { OpenModel } from '../../../serve/index.ts';
import { at, refused } from '../../problem.ts';
import type { FlatSeries } from '../../routes/nixtla/series.ts';
import { covariatesOf, type Layout } from './covariates.ts';

/** One series of a request. */
export interface Sequence {
  /** Where its first observation stands in the request's list. */
  readonly offset: number;
  readonly target: Float64Array;
  /** The same with its covariates. */
  readonly history: ItemHistory;
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
    const history = { item: `series ${i}`, start, history: target, ...cut(from, size, i) };
    return { offset: from, target, history };
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

/** What to do where known covariates end before the model's horizon does. */
export const remedyForKnown = ({ shape }: OpenModel): string =>
  `forecast all ${shape.horizon} steps at a time (h=${shape.horizon}), and give covariates for each of them`;
